/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The blob of table cached_record: of one object that is linked into vmlinux,
 * what its layout (link/) and its code map (map_write.c) read, and no more.
 * Footprints do not do: they are shared by objects that differ in counters
 * of names, and do not have the bytes of mergeable sections.  Private to
 * store/ (and to its tests).
 *
 *	check		4 bytes, little endian: XXH3 of all that follows
 *	version		RECORD_BLOB_VERSION, as all numbers here in LEB128
 *	header		elf_class encoding etype machine eflags text data bss
 *			common
 *	count		of sections, all of the record's; each is
 *	  name type flags size align entsize
 *	  bits		1: has_relocs, 2: content follows, size bytes
 *	count		of symbols: those that are global, COMMON or in code;
 *			in the record's order, each is
 *	  step		section - section of the symbol before; COMMON and
 *			absolute are numbered after the last section
 *	  value		likewise - value of the symbol before where step is 0
 *	  info		type + 16 * bind + 256 * visibility + 4096 * thumb
 *	  name
 *
 *	bits		1: references are known, and follow
 *	count		of references; each is
 *	  step		from - from of the one before
 *	  to		section + 1; 0 where a name follows
 *	  [name]
 *
 * A name is the number of bytes it shares with the name before it, the
 * number of the others, and these.
 */
#ifndef STORE_RECORD_BLOB_H
#define STORE_RECORD_BLOB_H

#include "model/object.h"

#define RECORD_BLOB_VERSION 2

/* As above, for the two files that write and read it. */
#define CHECK_LEN 4
#define BIT_RELOCS 1
#define BIT_CONTENT 2
#define BIT_REFERENCES 1

/* To a malloc'ed *ret; -1 when memory is out. */
int record_blob_encode(const struct object_record *r, unsigned char **ret,
		       size_t *ret_len);

#endif
