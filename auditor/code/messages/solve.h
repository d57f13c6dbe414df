/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One pass of the solver, as its files share it.  Private to messages/.
 */
#ifndef CODE_MESSAGES_SOLVE_H
#define CODE_MESSAGES_SOLVE_H

#include "code/messages/facts.h"
#include "code/messages/saved.h"
#include "support/u64map.h"

#define EXPORT_NONE UINT32_MAX

/* A function that other objects can call. */
struct export
{
	const char *name;
	uint32_t input;
	uint32_t function; /* EXPORT_NONE: told by what was saved */
	uint32_t image;
	uint32_t next; /* of the same hash; EXPORT_NONE */
	bool weak;     /* another one of its image goes before it */
	const struct summary *told; /* never NULL */
	bool changed;		    /* in the last round */
};

struct exports {
	struct u64map by_hash; /* saved_hash of the name -> first */
	struct export *list;
	size_t count, capacity;
};

int exports_add(struct exports *x, const struct export *add, struct err *e);
/*
 * The function that a name means in an image: its own, else vmlinux's, else
 * the one that a module has; EXPORT_NONE: none.  name NULL: the hash must do;
 * *ret_unsure where it is that of several names.
 */
uint32_t exports_find(const struct exports *x, uint32_t hash, const char *name,
		      uint32_t image, bool *ret_unsure);
void exports_release(struct exports *x);

/* An input while it is solved. */
struct solving {
	struct object_facts *facts; /* NULL: saved, or nothing */
	bool own;		    /* the solver has made facts */
	bool has_saved;		    /* and it is still believed */
	struct saved saved;
	struct object_messages messages; /* that were saved with it */
	uint32_t *asked; /* by symbol of facts: export or EXPORT_NONE */
};

struct solver {
	const struct solve_job *job;
	struct exports exports;
	struct solving *inputs;
	struct arena arena; /* of what was saved */
	uint32_t *work;	    /* inputs of this round */
	size_t nwork;
	struct err *failed; /* by item of the round */
};

/* Lets the objects tell each other, until nobody learns anything new. */
int solver_settle(struct solver *s, struct err *e);

/* Runs produce for each input of s->work on threads; it fills s->failed. */
int solver_run(struct solver *s, void (*produce)(void *, size_t),
	       struct err *e);

#endif
