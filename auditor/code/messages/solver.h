/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The state of the solver.
 */
#ifndef CODE_MESSAGES_SOLVER_H
#define CODE_MESSAGES_SOLVER_H

#include "code/messages/exports.h"
#include "code/messages/saved.h"

/* An input while it is solved. */
struct solving {
	struct object_facts *facts; /* NULL: saved, or nothing */
	bool own;		    /* the solver has made facts */
	bool has_saved;		    /* and it is still believed */
	struct saved saved;
	struct object_messages messages; /* that were saved with it */
	size_t first_export, nexports;	 /* in solver.exports.list */
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

#endif
