/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What libbfd of binutils is asked: to read an object a second time,
 * independently of elf/, and to make names of C++ and Rust readable.
 *
 * The room is a module of its own (kmemdb-bfd.so): libbfd is loaded by the
 * commands that need it, and the start of no other waits for it.
 */
#ifndef BFD_BFD_ROOM_H
#define BFD_BFD_ROOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/arena.h"
#include "support/err.h"

/* Of a symbol that is defined; section and file symbols are left out. */
struct second_symbol {
	const char *name;
	const char *section; /* "*ABS*", "*COM*" where it is in none */
	uint64_t value;	     /* offset in the section; of COMMON: its size */
	uint64_t size;
};

struct second_reading {
	uint64_t text, data, bss; /* bytes, by the rules of binutils size */
	/* libbfd's own record of a symbol is as this program knows it, so that
	 * sizes could be read; they are no part of its public interface. */
	bool sizes_known;
	struct second_symbol *symbols;
	size_t nsymbols;
};

struct bfd_room {
	/*
	 * Reads the object that fd is open on; name is for messages.  libbfd
	 * may crash on a damaged file: call it in a child (support/child.h).
	 * All of *ret lives in a.
	 */
	int (*read)(int fd, const char *name, struct arena *a,
		    struct second_reading *ret, struct err *e);
	/* The readable name, malloc'ed, or NULL where name is not mangled. */
	char *(*demangle)(const char *name);
};

#endif
