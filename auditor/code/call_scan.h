/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What calls look like, machine by machine.  Private to elf/return_sites.c.
 */
#ifndef CODE_CALL_SCAN_H
#define CODE_CALL_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Offsets in a section, ascending and each once. */
struct return_list {
	uint64_t *at;
	size_t count, capacity;
};

/* false when memory is out. */
bool return_list_add(struct return_list *l, uint64_t offset);

/* A stretch of a section. */
struct code {
	const unsigned char *bytes; /* of the whole section */
	size_t from, size;	    /* the stretch: from .. size */
	size_t largest;		    /* executable section of the object */
	uint64_t span;	 /* linked: how far from the section calls may lead */
	bool big_endian; /* the file's data */
	bool is_64bit;
	bool arm, thumb; /* ARM: which of both it may be */
};

/* Adds to *l; false when memory is out. */
typedef bool return_scan(const struct code *c, struct return_list *l);

/* NULL where the machine's calls are not known. */
return_scan *return_scan_of(uint16_t machine, uint32_t eflags);

#endif
