/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The small members of a capture: notes, version, stats, slabinfo, slabs and
 * vmallocinfo.  All read the same bytes; what they give must lie inside of them.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "trace/capture/parts.h"
#include "trace/capture/proc_files.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_inside(const void *p, size_t len, const char *buf,
			 size_t size)
{
	const char *q = p;

	if (q < buf || (size_t)(q - buf) > size ||
	    len > size - (size_t)(q - buf))
		abort();
}

static void read_slabs(const char *p, size_t len)
{
	struct slabinfo s = { .p = p, .end = p + len };
	struct capture_slab row;
	size_t n = 0;

	while (slabinfo_next(&s, &row)) {
		check_inside(row.name, row.name_len, p, len);
		if (++n > len)
			abort();
	}
	if (s.bad > len)
		abort();
}

static void read_vmalloc(const char *p, size_t len)
{
	struct vmallocinfo s = { .p = p, .end = p + len };
	struct vmalloc_row row;
	size_t n = 0;

	while (vmallocinfo_next(&s, &row)) {
		if (row.caller)
			check_inside(row.caller, row.caller_len, p, len);
		if (++n > len || row.bytes > VMALLOC_BYTES_MAX ||
		    strlen(row.use) >= sizeof(row.use))
			abort();
	}
}

static void read_aliases(const char *p, size_t len)
{
	struct slab_aliases s = { .p = p, .end = p + len };
	struct slab_alias row;
	size_t n = 0;

	while (slab_aliases_next(&s, &row)) {
		check_inside(row.name, row.name_len, p, len);
		check_inside(row.target, row.target_len, p, len);
		if (++n > len)
			abort();
	}
}

static void read_modules(const char *p, size_t len)
{
	struct loaded_modules s = { .p = p, .end = p + len };
	struct loaded_module row;
	size_t n = 0;

	while (loaded_modules_next(&s, &row)) {
		check_inside(row.name, row.name_len, p, len);
		check_inside(row.state, row.state_len, p, len);
		if (!row.name_len || !row.state_len || ++n > len)
			abort();
	}
	if (s.bad > len)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* A member has a NUL after its end; nothing else may be read. */
	char *p = malloc(size + 1);
	const unsigned char *id;
	struct capture_stats stats;
	const char *release;
	size_t len;

	if (!p)
		return 0;
	memcpy(p, data, size);
	p[size] = '\0';
	if (capture_build_id(p, size, &id, &len)) {
		check_inside(id, len, p, size);
		if (!len || len > CAPTURE_BUILD_ID_MAX)
			abort();
	}
	if (capture_release(p, size, &release, &len))
		check_inside(release, len, p, size);
	capture_stats(p, size, &stats);
	read_slabs(p, size);
	read_vmalloc(p, size);
	read_aliases(p, size);
	read_modules(p, size);
	free(p);
	return 0;
}
