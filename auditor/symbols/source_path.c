/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/source_path.h"

#include <stddef.h>
#include <string.h>

const char *source_path_relative(const char *file, const char *source,
				 const char *tree)
{
	const char *roots[] = { source, tree };

	if (!file)
		return NULL;
	for (size_t i = 0; i < 2; i++) {
		size_t len = roots[i] ? strlen(roots[i]) : 0;

		if (len && strncmp(file, roots[i], len) == 0 &&
		    file[len] == '/')
			file += len + 1;
	}
	while (strncmp(file, "./", 2) == 0 || strncmp(file, "../", 3) == 0)
		file += file[1] == '/' ? 2 : 3;
	return file;
}
