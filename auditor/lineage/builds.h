/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Builds and the graph of their commits (lineage.h says what is made of them).
 */
#ifndef LINEAGE_BUILDS_H
#define LINEAGE_BUILDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lineage/dag.h"
#include "support/err.h"

#define LINEAGE_NONE UINT32_MAX

enum lineage_how {
	LINEAGE_NO_BASE = 0, /* none of its ancestors was built */
	LINEAGE_COMMIT,	     /* the commit itself */
	LINEAGE_PARENT,	     /* an ancestor, along first parents */
	LINEAGE_ANCESTOR,    /* an ancestor, through another parent */
	LINEAGE_TIME,	     /* the one before it: the graph does not say */
};

/* In what a base is unlike: bits. */
enum lineage_unlike {
	UNLIKE_DIRTY = 1,    /* its sources differed from its commit */
	UNLIKE_CONFIG = 2,   /* another configuration, by far */
	UNLIKE_COMPILER = 4, /* gcc and clang */
	UNLIKE_LABEL = 8,    /* each is of a series of its own */
	UNLIKE_ARCH = 16,
};

struct lineage_base {
	uint32_t build;	  /* in builds[], or LINEAGE_NONE */
	uint32_t commits; /* between, along the way that was taken */
	enum lineage_how how;
	unsigned int unlike;
	bool cut; /* the graph was not known to its end */
};

/* What the caller fills in; texts are NULL where not known. */
struct lineage_build {
	int64_t id, time_ns, audited_ns;
	uint32_t node; /* DAG_NONE: the commit is not in the graph */
	bool dirty;
	uint32_t label, arch, compiler, config; /* equal for equal; 0: none */
	bool clang;
	/* Results of lineage_order. */
	struct lineage_base base;
	uint32_t place; /* 0: the newest */
	uint32_t next;	/* private: of the same commit */
};

struct lineage {
	struct dag dag;
	struct lineage_build *builds;
	size_t nbuilds, room;
	/* How alike are the configurations a and b (of builds, not 0)?  From
	 * 0 to 100, negative with *e filled. */
	int (*alike)(void *ctx, uint32_t a, uint32_t b, struct err *e);
	void *ctx;
	/* Private. */
	uint32_t *at_node; /* a build, or LINEAGE_NONE */
	uint32_t *by_time; /* oldest first */
	uint32_t *queue, *rank, *visited, epoch;
	unsigned char *series; /* of labels: one that several commits have */
	size_t nlabels;
	uint64_t steps; /* that are still to be spent */
};

#endif
