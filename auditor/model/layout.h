/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a link placed each section of its objects, and the itemised way from
 * the objects' sizes to the image's.  link/ fills it; the commands and store/
 * read it.  All sizes are bytes.
 */
#ifndef MODEL_LAYOUT_H
#define MODEL_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/object.h"
#include "support/arena.h"
#include "support/remarks.h"

/* How the layout is known. Stored: append, never reorder. */
enum layout_source {
	LAYOUT_NONE = 0, /* nothing known: life is by name */
	LAYOUT_MAP,	 /* the linker's own map (vmlinux.map) */
	LAYOUT_SCRIPT,	 /* the linker script, replayed on the objects */
};

/* placement.output where the section never reaches the image. */
#define PLACED_NOWHERE UINT32_MAX

/* One allocated section of one input object. */
struct placement {
	uint32_t input;	  /* index into the link's inputs */
	uint32_t section; /* index into that record's sections[] */
	uint32_t output;  /* index into the image's sections[], or
			     PLACED_NOWHERE */
	uint64_t addr;	  /* of its first byte in the image; 0 for nowhere */
	uint64_t size;	  /* bytes it has in the image: 0 where it was merged
			     into an earlier one of the same kind */
	enum section_lifetime lifetime;
};

/* The lines of the reconcile report, in order. Stored: append only. */
enum link_line_kind {
	LINE_OBJECTS = 0, /* + allocated sections of role vmlinux */
	LINE_LINKTIME,	  /* + of role linktime, a line an object */
	LINE_DISCARD,	  /* - allocated sections that were discarded */
	LINE_MERGE,	  /* - merged strings and constants, per output */
	LINE_COMMON,	  /* + COMMON symbols, per output section */
	LINE_FILL,	  /* + alignment between inputs, per output */
	LINE_SCRIPT,	  /* + bytes the script itself makes, per output */
	LINE_LINKER,	  /* + sections the linker makes (build-id, .got) */
	LINE_IMAGE,	  /* = vmlinux as binutils size sees it */
	LINE_UNEXPLAINED, /* image - all of the above */
	LINE_SPAN,	  /* _text .. _end; with a symbol: _text .. there */
	LINE_INIT,	  /* __init_begin .. __init_end: what boot frees */
	LINE_KIND_COUNT
};

struct link_line {
	enum link_line_kind kind;
	const char *subject; /* an output section's name, an object's path, a
				symbol of a span, or "" */
	int64_t bytes;	     /* signed as it enters the sum */
	int64_t to_page;     /* of fill: what ends at a page boundary, where the
			    layout jumps; the rest is between objects */
};

struct layout {
	enum layout_source source;
	/* Sorted by (input, section): one for every allocated section of
	 * every input. */
	struct placement *placements;
	size_t nplacements;
	struct link_line *lines; /* in enum order, then as met */
	size_t nlines;
	/* Symbols of the inputs looked up in the image at the place the
	 * layout gives them, and how many were there: the layout's own
	 * proof.  Of global symbols, which are unique by name. */
	size_t checked, agreed;
	/* Plain words about what could not be decided, one line each. */
	struct remarks remarks;
	struct arena arena;
};

static inline void layout_release(struct layout *l)
{
	remarks_release(&l->remarks);
	arena_release(&l->arena);
}

#endif
