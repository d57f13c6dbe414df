/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Running expressions.  Private to link/.
 */
#ifndef LINK_SCRIPT_EVAL_H
#define LINK_SCRIPT_EVAL_H

#include "link/script/expr.h"

/* A number that is not an address stays one: ". = 16" inside a section
 * means 16 bytes after its start. */
struct expr_value {
	uint64_t v;
	bool known, address;
};

/* What names in an expression mean. */
struct expr_names {
	void *ctx;
	struct expr_value (*symbol)(void *ctx, struct token name);
	/* op: OP_ADDR, OP_LOADADDR, OP_SIZEOF, OP_ALIGNOF, OP_DEFINED */
	struct expr_value (*query)(void *ctx, enum expr_op op,
				   struct token name);
	uint64_t dot;
};

/* Not known where x is damaged, too deep, or has a name of no known value. */
struct expr_value expr_eval(const struct expr_pool *pool, struct expr x,
			    const struct expr_names *names);

#endif
