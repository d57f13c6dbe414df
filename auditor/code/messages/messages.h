/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From objects to findings, in two steps.
 *
 * First, on any thread and object by object: struct object_facts, which are
 * the functions, their calls, and what the object's own code says of them.
 * Then, once for all: messages_solve lets the objects tell each other what
 * their functions do (fails from memory alone, prints its argument, never
 * returns) until nobody learns anything new, and gives the findings.
 *
 * An object whose content is known from an earlier audit brings what was
 * saved then: it is decoded again only where others answer otherwise now.
 */
#ifndef CODE_MESSAGES_MESSAGES_H
#define CODE_MESSAGES_MESSAGES_H

#include "code/code_object.h"
#include "code/decode/decode_room.h"
#include "model/message.h"
#include "support/err.h"

/* What the search knows before it begins; borrowed by all facts. */
struct known_table;

int known_table_make(const struct known_function *list, size_t count,
		     struct known_table **ret, struct err *e);
void known_table_free(struct known_table *t);

struct object_facts;

struct facts_job {
	const struct decode_room *room;
	const struct known_table *known;
	/* GFP flags' bits of this tree; 0: not known. */
	uint64_t gfp_nowarn;
	/* Steps of one function, at most: then it is cut off. */
	uint32_t max_steps; /* 0: the usual bound */
};

/* Takes *o over, also on failure (ERR_NOMEM, ERR_IO). */
int object_facts_make(const struct facts_job *job, struct code_object *o,
		      struct object_facts **ret, struct err *e);
void object_facts_free(struct object_facts *f);

struct solve_input {
	struct object_facts *facts; /* NULL: saved only, or nothing */
	const unsigned char *saved; /* of an earlier audit; NULL: none */
	size_t saved_len;
	uint32_t image; /* 0: vmlinux; modules have numbers of their own */
};

struct solve_job {
	const struct facts_job *facts;
	struct solve_input *inputs;
	size_t ninputs;
	unsigned int threads;
	/* Gives the code of an input that has only `saved` when it must be
	 * decoded after all; negative: it cannot, and is left out. */
	int (*open)(void *context, size_t input, struct code_object *ret,
		    struct err *e);
	void *context;
};

/* ret[i] is of inputs[i]; the caller releases each and frees the array. */
int messages_solve(const struct solve_job *job, struct object_messages **ret,
		   struct err *e);

#endif
