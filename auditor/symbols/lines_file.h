/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An image's debug information, open.  Private to symbols/.
 */
#ifndef SYMBOLS_LINES_FILE_H
#define SYMBOLS_LINES_FILE_H

#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>

#include "symbols/line_frame.h"

/* Code of one unit; units have several such stretches. */
struct range {
	uint64_t from, to; /* [from, to) */
	Dwarf_Off unit;
};

struct lines {
	int fd;
	const char *name;
	Dwfl *dwfl; /* of a relocatable file, whose sections it places */
	Elf *elf;   /* dwfl's, else our own */
	void *map;  /* of a linked file: all of it */
	size_t map_len;
	Dwarf *dw;
	bool debug;
	struct range *ranges; /* sorted by from */
	size_t nranges, ranges_cap;
	unsigned int asked; /* since dw was opened */
};

/* Forgets what libdw decoded for earlier questions, now and then.  0, or
 * negative. */
int lines_renew(struct lines *l, struct err *e);

/*
 * Opens an ELF file, linked or relocatable.  name is for messages; the
 * descriptor stays the caller's and must outlive *ret.  ERR_FORMAT where
 * it cannot be read.  *ret_debug: whether there is debug information at all.
 */
int lines_open(int fd, const char *name, struct lines **ret, bool *ret_debug,
	       struct err *e);
void lines_close(struct lines *l);

#endif
