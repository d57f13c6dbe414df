/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/pair/null_hash.h"

#include <stddef.h>

/* Misra and Gries: whatever is more frequent than one in SLOTS + 1 stays. */
const uint32_t *null_hash_free(struct null_hash *n, uint64_t ptr, uint32_t row)
{
	int at = -1;

	for (int i = 0; i < NULL_HASH_SLOTS; i++) {
		if (n->slots[i].weight && n->slots[i].ptr == ptr) {
			at = i;
			break;
		}
		if (!n->slots[i].weight && at < 0)
			at = i;
	}
	if (at < 0) {
		for (int i = 0; i < NULL_HASH_SLOTS; i++)
			n->slots[i].weight--;
		return NULL;
	}
	if (!n->slots[at].weight) {
		n->slots[at].ptr = ptr;
		n->slots[at].seen = 0;
	}
	n->slots[at].weight++;
	n->slots[at].rows[n->slots[at].seen++] = row;
	if (n->slots[at].seen < NULL_HASH_PROOF)
		return NULL;
	n->found = ptr;
	n->slots[at].weight = 0;
	return n->slots[at].rows;
}

void null_hash_alloc(struct null_hash *n, uint64_t ptr)
{
	for (int i = 0; i < NULL_HASH_SLOTS; i++) {
		if (n->slots[i].ptr == ptr)
			n->slots[i].weight = 0;
	}
}
