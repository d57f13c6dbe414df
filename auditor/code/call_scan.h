/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What calls look like, machine by machine: bytes of code in, the offsets
 * that calls may return to out.  No real call is missed; bytes that only look
 * like one (constants between instructions, the inside of a longer
 * instruction) add a few more.
 *
 * The room code/ is pure: it knows no file format, opens nothing and allocates
 * nothing but its results.  elf/ finds the code of an object and calls it;
 * decoders of instructions belong here, too.
 */
#ifndef CODE_CALL_SCAN_H
#define CODE_CALL_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What instructions to look for. */
enum code_machine {
	CODE_UNKNOWN = 0, /* nothing is found */
	CODE_X86,	  /* 32 and 64 bits */
	CODE_ARM,	  /* ARM and Thumb */
	CODE_ARM64,
	CODE_MIPS, /* not MIPS16, not microMIPS */
	CODE_POWERPC,
	CODE_RISCV,
	CODE_S390,
	CODE_LOONGARCH,
};

/* Offsets in bytes from code_bytes.bytes, ascending and each once.  The
 * caller sets count to 0 between two codes, and frees at. */
struct return_list {
	uint64_t *at;
	size_t count, capacity;
};

/* A stretch of a block of code; bytes outside of it are only what calls may
 * lead to. */
struct code_bytes {
	const unsigned char *bytes; /* of the whole block */
	size_t from, size;	    /* the stretch: from .. size */
	size_t largest;	 /* block of the same file: calls that are not linked
			   yet lead no further */
	uint64_t span;	 /* how far from its block a call may lead */
	bool big_endian; /* the data; instructions mostly are as they are */
	bool is_64bit;
	bool arm, thumb; /* CODE_ARM: which of both it may be */
};

/* Adds the places after calls to *l; false when memory is out. */
bool code_find_calls(enum code_machine machine, const struct code_bytes *c,
		     struct return_list *l);

#endif
