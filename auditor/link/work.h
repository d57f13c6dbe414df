/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the two front ends (the linker's map, the linker script) share: the
 * allocated sections of the inputs, the sections of the image, and the sums
 * that become the reconcile lines.  Private to link/.
 *
 * A front end sets output, addr and size of every section it knows and adds
 * to the sums of the outputs; lines.c turns both into the layout.
 *
 * All of it lives as long as the link_work, texts are the job's.  Functions
 * that can fail return 0 or a negative error, with e filled: ERR_NOMEM only.
 */
#ifndef LINK_WORK_H
#define LINK_WORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "link/job.h"
#include "support/intern.h"

#define NO_SEC UINT32_MAX
/* Sections that the linker makes and that are among the inputs'. */
#define MADE_SECS_MAX 4
#define MADE_ALIGN 4

enum sec_state {
	SEC_UNSEEN = 0,
	SEC_PLACED,
	SEC_DISCARDED, /* by the script, or dropped by the linker */
};

/* One allocated section of one input. */
struct in_section {
	uint32_t input, section; /* section: index into the record's */
	uint32_t name;		 /* id in link_work.names */
	uint32_t same;		 /* next of that name in that input */
	uint32_t next;		 /* next in its statement's list */
	uint32_t output;	 /* index into the image's sections */
	uint64_t addr, size;	 /* as in the image */
	uint64_t symbol_addr;	 /* where the image's symbols say it is */
	uint32_t symbol_output;	 /* the section of that symbol, if any */
	uint32_t spec;		 /* of the script, that took it */
	enum sec_state state;
	bool has_symbol_addr;
	bool has_globals; /* it defines a global symbol */
	bool empty;	  /* the linker excluded it: not even aligned */
	bool moved;	  /* its symbols overruled the replay */
	bool dropped;	  /* counted in ndropped */
	bool merges;	  /* SHF_MERGE: its symbols move in it */
	bool linker;	  /* made by the linker, no input has it */
	bool keep;	  /* its statement says KEEP */
	bool live;	  /* --gc-sections keeps it */
};

/* One section of the image. */
struct out_section {
	uint64_t start, end; /* addresses, of the section header */
	uint64_t dot;	     /* where the replay is */
	uint64_t load;	     /* load address */
	uint64_t common, fill, script;
	uint64_t to_page; /* of the fill: what ends at a page boundary */
	uint64_t other;	  /* of inputs that are no records, as in a map */
	uint32_t nsecs;	  /* inputs placed here */
	bool begun, has_load;
};

/* Pages of 4 KiB: of larger ones every boundary is one of theirs. */
#define LINK_PAGE 4096

/* Padding up to an address. */
static inline void link_fill(struct out_section *o, uint64_t bytes, uint64_t to)
{
	o->fill += bytes;
	if (to % LINK_PAGE == 0)
		o->to_page += bytes;
}

/* A section that the linker made. */
struct made {
	const char *subject;
	uint64_t bytes;
};

/* The symbols between which boot frees memory: begin, end, begin, end. */
#define FREED_COUNT 4
extern const char *const link_freed_names[FREED_COUNT];

struct link_work {
	const struct link_job *job;
	struct layout *layout; /* its arena owns remarks and lines */

	/* All of input 0, then all of input 1...; those made by the linker
	 * are at the end. */
	struct in_section *secs;
	size_t nsecs, nreal;
	uint32_t *first; /* of each input, and one more: into secs */

	struct intern names;   /* of input sections */
	struct intern outputs; /* of the image's sections */
	uint32_t *output_of;   /* name id -> the first of its sections */
	struct intern symbols; /* of the image's global symbols */
	uint32_t *symbol_of;   /* name id -> index into its symbols */
	bool *commons;	       /* name id -> some input has it as COMMON */
	bool *assigned;	       /* name id -> the script sets it */
	size_t ncommons;
	uint32_t *pairs; /* hash of (input, name id) -> secs */
	size_t pair_mask;

	struct out_section *outs; /* as job->image->sections */
	struct made *made;
	size_t nmade, made_cap;
	/* Sections that a statement takes, but none of their symbols is in
	 * the image; and those that are shorter there. */
	size_t ndropped, nrelaxed;
	size_t ngarbage; /* of linked inputs: collected by --gc-sections */
	bool relaxes;	 /* the machine's linker shortens code */
	/* What the replayed script gives the symbols of link_freed_names[];
	 * 0 where it does not. */
	uint64_t script_freed[FREED_COUNT];
	struct arena scratch;
};

int link_work_init(struct link_work *w, const struct link_job *job,
		   struct layout *layout, struct err *e);
/* Where the image's symbols say that each section of the inputs is.  Each
 * front end calls it first, the script's when assigned is known: a symbol that
 * the script sets says nothing of the section that an input has it in. */
void link_find_symbol_addrs(struct link_work *w);
/* Forgets all placements and sums, for another attempt. */
void link_work_reset(struct link_work *w);
void link_work_release(struct link_work *w);

static inline const struct obj_section *link_sec(const struct link_work *w,
						 const struct in_section *s)
{
	return &w->job->inputs[s->input].record->sections[s->section];
}

/* Its alignment in this link: of one that "ld -r" had joined with others, the
 * strictest of them. */
static inline uint64_t link_align(const struct link_work *w,
				  const struct in_section *s)
{
	const struct link_input *in = &w->job->inputs[s->input];

	return in->aligns ? in->aligns[s->section]
			  : in->record->sections[s->section].align;
}

/* The first section of input with that name, or NO_SEC; ->same leads on. */
uint32_t link_find_sec(const struct link_work *w, uint32_t input,
		       uint32_t name);
/* false where the image has no such global symbol. */
bool link_symbol(const struct link_work *w, const char *name, size_t len,
		 uint64_t *ret_value);
/* Index of the image's allocated section with that name, or PLACED_NOWHERE. */
uint32_t link_output(const struct link_work *w, const char *name, size_t len);

/* Remarks and made sections are kept once however often they are said. */
int link_remark(struct link_work *w, struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
int link_made(struct link_work *w, const char *subject, uint64_t bytes,
	      struct err *e);

#endif
