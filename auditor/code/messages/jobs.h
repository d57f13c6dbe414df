/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the search is given.
 */
#ifndef CODE_MESSAGES_JOBS_H
#define CODE_MESSAGES_JOBS_H

#include "code/code_object.h"
#include "code/decode/decode_room.h"
#include "model/message.h"
#include "support/err.h"

/* What the search knows before it begins; borrowed by all facts. */
struct known_table;
struct object_facts;
struct analyser_pool;

struct facts_job {
	const struct decode_room *room;
	const struct known_table *known;
	/* NULL: what an object needs is made for it alone. */
	struct analyser_pool *pool;
	/* GFP flags' bits of this tree; 0: not known. */
	uint64_t gfp_nowarn;
	/* Steps of one function, at most: then it is cut off. */
	uint32_t max_steps; /* 0: the usual bound */
};

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

#endif
