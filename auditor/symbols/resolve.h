/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From what a trace prints of a call site to the object that holds the call.
 * Nothing is guessed: a name that several functions have is told apart by
 * the size that was printed with it and by where calls return to, and what
 * several could still be is ambiguous.
 *
 * A call site is a return address, so everything is looked up for the byte
 * before it: `next_function+0x0` means that the call was the last
 * instruction of the function before (Documentation of %pS says so, too).
 */
#ifndef SYMBOLS_RESOLVE_H
#define SYMBOLS_RESOLVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/alloc.h"
#include "model/symbol_map.h"
#include "support/err.h"

/* Stored: append, never reorder. */
enum site_state {
	SITE_NO_CALLER = 0, /* the event prints none */
	SITE_OBJECT,	    /* one object holds the call */
	SITE_AMBIGUOUS,	    /* several could: candidates */
	SITE_UNKNOWN,	    /* the build has no such symbol or address */
	SITE_NO_OBJECT,	    /* in the image, but in no object of it */
	SITE_NO_BUILD,	    /* joined with no build */
};

/* How names are numbered: the database's job.  Both may fail with e set. */
struct name_numbers {
	void *ctx;
	/* 1: *ret is the text's number; 0: it has none; negative: e. */
	int (*number)(void *ctx, const char *text, size_t len, int64_t *ret,
		      struct err *e);
	/* *ret is good until the next call. */
	int (*text)(void *ctx, int64_t number, const char **ret, struct err *e);
};

struct site_candidate {
	uint32_t object; /* index into the map's, or MAP_NONE */
	uint32_t space;
	uint64_t address; /* of the return, in its space */
};

#define SITE_CANDIDATES_MAX 64

struct site_match {
	enum site_state state;
	/* SITE_OBJECT and SITE_NO_OBJECT: */
	uint32_t space;
	uint64_t address; /* of the return, in its space */
	/* false: address only says which function it is: the text has no
	 * offset (stacks print none by default), or the image's layout is
	 * not known.  Nothing to look up lines with. */
	bool exact;
	uint32_t object;   /* index into the map's objects */
	uint32_t function; /* index into symbols: it holds the byte before the
			      return; MAP_NONE: none does */
	/* The symbol as %pS names the address: nearest at or before the
	 * return, and how far it is.  MAP_NONE where the text named it. */
	uint32_t symbol;
	uint64_t offset;
	/* SITE_AMBIGUOUS: */
	struct site_candidate candidates[SITE_CANDIDATES_MAX];
	size_t ncandidates;
	/* Does the build confirm the site?  checked: it could have (its
	 * image is placed and the machine's calls are known, or the printed
	 * size could be compared); agreed: a call may return there, and the
	 * printed size is right. */
	bool checked, agreed;
};

struct resolver;

/* Both are borrowed and must outlive the resolver. */
int resolver_new(const struct symbol_map *map, struct name_numbers names,
		 struct resolver **ret, struct err *e);
void resolver_free(struct resolver *r);

/*
 * The running kernel's /proc/kallsyms (or trace.dat's own list, or a
 * System.map): gives the KASLR offset, and the addresses modules were loaded at.
 * Lines are `address [type] name[ [module]]`; others are passed over and
 * counted.  Addresses all 0 (kptr_restrict) give nothing and are said so by
 * *ret_usable false.  text is not kept.
 */
int resolver_kallsyms(struct resolver *r, const char *text, size_t len,
		      bool *ret_usable, struct err *e);

/*
 * Finds the KASLR offset by trying: the one at which nearly all addresses are ones
 * that a call returns to.  For traces with raw addresses and no kallsyms.
 * addresses that are in no image are passed over.  Returns 1 found, 0 not
 * (too few, or no KASLR offset fits 90 % of them).
 */
int resolver_find_kaslr_offset(struct resolver *r, const uint64_t *addresses,
			       size_t count);

/* Running address - link address of vmlinux; false while not known. */
bool resolver_kaslr_offset(const struct resolver *r, int64_t *ret);

/* module: whether the site's text ends in " [module]" is up to this call;
 * site->text includes it, and the size.  0 or negative. */
int resolver_site(struct resolver *r, const struct trace_site *site,
		  struct site_match *ret, struct err *e);

#endif
