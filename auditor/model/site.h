/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A call site: what a trace prints of it, and the place in a build that was
 * found for it.  symbols/ fills a match from a printed site and a symbol
 * map, store/ keeps it.
 *
 * A call site is a return address.  Addresses are of the printed kernel, or
 * in the space of a symbol map where it says so; indexes are the map's.
 */
#ifndef MODEL_SITE_H
#define MODEL_SITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a call site is, read from its printed form. */
struct trace_site {
	const char *text; /* `symbol+0xoff[/0xsize][ [module]]`, or NULL;
			     not NUL-terminated */
	size_t len;	  /* of text */
	uint64_t addr;	  /* raw address; 0: not printed */
};

/* Stored: append, never reorder. */
enum site_state {
	SITE_NO_CALLER = 0, /* the event prints none */
	SITE_OBJECT,	    /* one object holds the call */
	SITE_AMBIGUOUS,	    /* several could: candidates */
	SITE_UNKNOWN,	    /* the build has no such symbol or address */
	SITE_NO_OBJECT,	    /* in the image, but in no object of it */
	SITE_NO_BUILD,	    /* joined with no build */
};
#define SITE_STATES (SITE_NO_BUILD + 1)

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

#endif
