/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/capture/member.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "support/scan.h"
#include "support/input_copy.h"
#include "trace/detect.h"

const char *const capture_words[CAPTURE_OTHER] = {
	[CAPTURE_KALLSYMS] = "kallsyms",
	[CAPTURE_NOTES] = "notes",
	[CAPTURE_CMDLINE] = "cmdline",
	[CAPTURE_VERSION] = "version",
	[CAPTURE_MODULES] = "modules",
	[CAPTURE_STATS] = "stats",
	[CAPTURE_SLABINFO] = "slabinfo",
	[CAPTURE_SLABS] = "slabs",
	[CAPTURE_VMALLOCINFO] = "vmallocinfo",
	[CAPTURE_PAGE_SIZE] = "page_size",
	[CAPTURE_TRACE] = "trace",
	[CAPTURE_DAT] = "trace.dat",
};

const size_t capture_limits[CAPTURE_OTHER] = {
	[CAPTURE_KALLSYMS] = (size_t)64 << 20,
	[CAPTURE_NOTES] = (size_t)1 << 20,
	[CAPTURE_CMDLINE] = (size_t)1 << 16,
	[CAPTURE_VERSION] = (size_t)1 << 16,
	[CAPTURE_MODULES] = (size_t)4 << 20,
	[CAPTURE_STATS] = (size_t)4 << 20,
	[CAPTURE_SLABINFO] = (size_t)4 << 20,
	[CAPTURE_SLABS] = (size_t)4 << 20,
	[CAPTURE_VMALLOCINFO] = (size_t)64 << 20,
	[CAPTURE_PAGE_SIZE] = 64,
};

/* len without suffix, or as it was; a suffix alone is a name. */
static size_t without(const char *base, size_t len, const char *suffix)
{
	size_t n = strlen(suffix);

	return len > n && memcmp(base + len - n, suffix, n) == 0 ? len - n
								 : len;
}

enum capture_member capture_name(const char *base)
{
	static const char *const packed[] = { ".gz", ".xz", ".zst", ".lz4",
					      ".bz2" };
	size_t len = strlen(base);

	for (size_t i = 0; i < sizeof(packed) / sizeof(packed[0]); i++) {
		size_t n = without(base, len, packed[i]);

		if (n != len) {
			len = n;
			break;
		}
	}
	if (without(base, len, ".dat") != len)
		return CAPTURE_DAT;
	len = without(base, len, ".txt");
	if (without(base, len, ".trace") != len)
		return CAPTURE_TRACE;
	for (int m = 0; m < CAPTURE_DAT; m++) {
		if (strlen(capture_words[m]) == len &&
		    memcmp(base, capture_words[m], len) == 0)
			return (enum capture_member)m;
	}
	return CAPTURE_OTHER;
}

int capture_member_read(enum capture_member m, struct input_source source,
			struct capture_part *ret, struct err *e)
{
	struct capture_part part = { NULL, 0 };
	struct input in;
	int r = input_open_source(&in, capture_words[m], source, e);

	if (r)
		return r;
	r = input_read_all(&in, capture_limits[m], &part.p, &part.len, e);
	input_close(&in);
	if (r)
		free(part.p);
	else
		*ret = part;
	return r;
}

enum capture_guess capture_guess(const char *base, bool attachment,
				 const char *head, size_t len)
{
	bool hidden = base[0] == '.' || base[0] == '_';

	if (SCAN_LIT(head, head + len, "\x17\x08\x44tracing") ||
	    trace_has_event(head, len))
		return CAPTURE_HAS_EVENTS;
	/* Not of a tar: those are trees, and captures of other tools. */
	return attachment && !hidden && trace_is_text(head, len)
		       ? CAPTURE_IS_TEXT
		       : CAPTURE_IS_NONE;
}

void capture_printable(char *name)
{
	for (; *name; name++) {
		if (*name < 0x20 || *name > 0x7e)
			*name = '?';
	}
}
