/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which build came before which: the order of a history, and of each build
 * the one that it is to be compared with, its base.  Pure: plain arrays in,
 * numbers out.
 *
 * The base of a build is the nearest ancestor of its commit that was built,
 * too: along first parents, since those of a merge are what it was merged
 * into; where none of them was built, along all parents.  Where the graph is
 * not known, or not down to there, it is the build before it by time.
 *
 * Of the builds of a commit one is taken that is like the build: of the same
 * architecture, the same family of compilers, a like configuration (labels
 * that several commits have tell configurations apart, too), and of clean
 * sources.  One that is not is taken only where no ancestor has a better one,
 * and the result says in what it is unlike; one of another architecture
 * never.  Of sources that differ from their commit, the base is the clean
 * build of that commit.
 */
#ifndef LINEAGE_LINEAGE_H
#define LINEAGE_LINEAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "lineage/builds.h"
#include "support/err.h"

/* After dag and builds are filled in; lineage_release is due, also after an
 * error. */
int lineage_prepare(struct lineage *l, struct err *e);
void lineage_release(struct lineage *l);

/* Fills base and place of every build. */
int lineage_order(struct lineage *l, struct err *e);

int lineage_base_of_build(struct lineage *l, uint32_t build,
			  struct lineage_base *ret, struct err *e);

/*
 * The base of something at node: with itself, its builds are candidates, too.
 * like: the build that is to be compared, or LINEAGE_NONE: any.
 */
int lineage_base_of(struct lineage *l, uint32_t node, bool itself,
		    uint32_t like, struct lineage_base *ret, struct err *e);

#endif
