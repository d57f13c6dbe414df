/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/commit_graph.h"

#include <stdlib.h>
#include <string.h>

#include "support/grow.h"

/* As git: fewer digits name nothing. */
#define LEAST_DIGITS 4

bool commit_range(const char *text, int64_t *ret_first, int64_t *ret_last)
{
	size_t len = strlen(text);
	uint64_t bits = 0;

	if (len < LEAST_DIGITS || strspn(text, "0123456789abcdefABCDEF") != len)
		return false;
	if (len > COMMIT_DIGITS)
		len = COMMIT_DIGITS;
	for (size_t i = 0; i < len; i++) {
		char c = text[i];

		bits = bits << 4 | (c <= '9' ? (uint64_t)(c - '0')
					     : (uint64_t)((c | 32) - 'a' + 10));
	}
	len = 4 * (COMMIT_DIGITS - len);
	bits <<= len;
	*ret_first = (int64_t)bits;
	*ret_last = (int64_t)(bits | ((UINT64_C(1) << len) - 1));
	return true;
}

int commit_graph_add(struct commit_graph *g, int64_t commit,
		     enum commit_cut cut)
{
	if (grow_room((void **)&g->nodes, g->nnodes, &g->nodes_room,
		      sizeof(*g->nodes)))
		return -1;
	g->nodes[g->nnodes++] = (struct commit_node){
		.commit = commit,
		.first = (uint32_t)g->nparents,
		.cut = cut,
	};
	return 0;
}

int commit_graph_add_parent(struct commit_graph *g, int64_t parent)
{
	if (grow_room((void **)&g->parents, g->nparents, &g->parents_room,
		      sizeof(*g->parents)))
		return -1;
	g->parents[g->nparents++] = parent;
	g->nodes[g->nnodes - 1].nparents++;
	return 0;
}

int commit_graph_join(struct commit_graph *g, const struct commit_graph *from)
{
	for (size_t i = 0; i < from->nnodes; i++) {
		const struct commit_node *n = &from->nodes[i];

		if (commit_graph_add(g, n->commit, n->cut))
			return -1;
		for (uint32_t k = 0; k < n->nparents; k++)
			if (commit_graph_add_parent(
				    g, from->parents[n->first + k]))
				return -1;
	}
	return 0;
}

void commit_graph_release(struct commit_graph *g)
{
	free(g->nodes);
	free(g->parents);
	*g = (struct commit_graph){ .nodes = NULL };
}
