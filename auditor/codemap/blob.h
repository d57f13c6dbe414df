/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The two blobs of table image_map: where the code of vmlinux is, in about
 * three bytes a section.  codemap/ knows their form, store/ keeps them.
 *
 * All numbers are LEB128 (support/leb128.h); z(x) is a signed one's zigzag.
 * Address and size arithmetic wraps at 64 bits.
 *
 * places: executable sections of members, by address.  Each is
 *	z(address - end of the place before)	the first: - 0
 *	z(member - member of the place before)	place in the member list; first: - 0
 *	section * 2 + own			section.ordinal of the member
 *	size					only where own is 1: it differs
 *						from section.size
 *
 * symbols: those in code that come from no member, by address.  Each is
 *	address - address of the symbol before	the first: - 0
 *	name					its number in table name
 *	size
 *	type + 16 * bind
 */
#ifndef CODEMAP_BLOB_H
#define CODEMAP_BLOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct blob_place {
	uint64_t addr, size;
	uint32_t member, section;
	bool own_size; /* size differs from the section's */
};

struct blob_symbol {
	uint64_t addr, size;
	int64_t name;
	uint8_t type, bind;
};

/* Bytes being written. */
struct codemap_blob {
	unsigned char *bytes;
	size_t len, capacity;
	uint64_t addr;	 /* where the next address counts from */
	uint32_t member; /* likewise */
};

#define CODEMAP_BLOB_INIT                                                      \
	{                                                                      \
		NULL, 0, 0, 0, 0                                               \
	}

/* In the order of the blob; -1 when memory is out. */
int codemap_blob_put_place(struct codemap_blob *b, const struct blob_place *p);
int codemap_blob_put_symbol(struct codemap_blob *b,
			    const struct blob_symbol *s);
void codemap_blob_release(struct codemap_blob *b);

/* Bytes being read. */
struct blob_cursor {
	const unsigned char *at, *end;
	uint64_t addr;
	uint32_t member;
};

/*
 * 1 and *ret; 0 at the end; -1 where the blob is damaged.  size of a place
 * without a size of its own is 0: the caller knows the section's, and tells
 * where the place ends with blob_cursor_end before it asks for the next.
 */
int codemap_blob_get_place(struct blob_cursor *c, struct blob_place *ret);
void blob_cursor_end(struct blob_cursor *c, const struct blob_place *p);
int codemap_blob_get_symbol(struct blob_cursor *c, struct blob_symbol *ret);

#endif
