/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Byte strings numbered 0, 1, 2... in the order met.  Names are borrowed,
 * not copied: a link has a hundred thousand of them and all outlive it.
 * Private to link/.
 */
#ifndef LINK_NAMES_H
#define LINK_NAMES_H

#include <stddef.h>
#include <stdint.h>

#define NO_NAME UINT32_MAX

struct link_name {
	const char *text;
	uint32_t len;
	uint32_t hash;
};

struct link_names {
	struct link_name *list;
	size_t count, list_cap;
	uint32_t *slots; /* id + 1; 0 is empty */
	size_t capacity; /* a power of two */
};

/* The name's id, given now where it is new; NO_NAME when memory is out. */
uint32_t link_names_add(struct link_names *n, const char *text, size_t len);
/* The name's id, or NO_NAME. */
uint32_t link_names_find(const struct link_names *n, const char *text,
			 size_t len);
void link_names_release(struct link_names *n);

#endif
