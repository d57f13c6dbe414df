/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Does a footprint's digest follow from its rows?  Who could bring one that
 * does not would have the next audit take his numbers for what an object is.
 * Private to store/copy.
 */
#ifndef STORE_COPY_PROVE_H
#define STORE_COPY_PROVE_H

#include <stddef.h>

#include "store/copy/tables.h"
#include "support/err.h"

struct copier;
struct value;

#define PROOF_PARTS_MAX 8

/* Rows of one table, t->ncolumns values each, numbers mapped. */
struct proof_part {
	const struct copy_table *t;
	const struct value *v;
	size_t n;
};

/* 1 where it does, 0 where not, or where nobody can tell: of a file that is
 * linked, whose addresses are not stored. */
int prove_footprint(struct copier *c, const struct copy_table *t,
		    const struct value *row, const struct proof_part *parts,
		    size_t nparts, struct err *e);

#endif
