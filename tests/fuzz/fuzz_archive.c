/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The archive reader: any bytes end in an end or a problem, and every name
 * lies inside the buffer and resolves to a path below the root or to none.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "kbuild/archive.h"
#include "kbuild/path.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_path(const char *path)
{
	size_t len = strlen(path);

	if (!len || path[0] == '/' || path[len - 1] == '/' ||
	    strstr(path, "//") || strcmp(path, "..") == 0 ||
	    strncmp(path, "../", 3) == 0 || strstr(path, "/../"))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *buf = (const char *)data;
	struct archive_reader r;
	struct archive_member m;
	char path[PATH_ROOM];
	int more;

	if (!archive_start(&r, buf, size))
		return 0;
	while ((more = archive_next(&r, &m)) > 0) {
		if (m.name < buf || m.name_len == 0 ||
		    m.name_len > size - (size_t)(m.name - buf))
			abort();
		if (path_resolve("/tree", "arch/x86", 8, m.name, m.name_len,
				 path) == PATH_OK)
			check_path(path);
	}
	if (more < 0 && !r.problem)
		abort();
	return 0;
}
