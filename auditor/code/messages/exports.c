/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Functions by name.
 */
#include "code/messages/exports.h"

#include <stdlib.h>
#include <string.h>

#include "code/messages/saved.h"
#include "support/grow.h"

int exports_add(struct exports *x, const struct export *add, struct err *e)
{
	uint32_t hash = saved_hash(add->name);
	uint32_t first = u64map_get(&x->by_hash, hash);
	struct export *to;

	if (x->count >= U64MAP_NONE ||
	    grow_room((void **)&x->list, x->count, &x->capacity,
		      sizeof(*x->list)))
		return err_nomem(e);
	to = &x->list[x->count];
	*to = *add;
	to->next = EXPORT_NONE;
	if (first == U64MAP_NONE) {
		if (u64map_put(&x->by_hash, hash, (uint32_t)x->count))
			return err_nomem(e);
	} else {
		to->next = x->list[first].next;
		x->list[first].next = (uint32_t)x->count;
	}
	x->count++;
	return 0;
}

/* What the linker takes of two with one name. */
static uint32_t better(const struct exports *x, uint32_t a, uint32_t b)
{
	if (a == EXPORT_NONE)
		return b;
	if (x->list[a].weak != x->list[b].weak)
		return x->list[a].weak ? b : a;
	return a < b ? a : b;
}

uint32_t exports_find(const struct exports *x, uint32_t hash, const char *name,
		      uint32_t image, bool *ret_unsure)
{
	uint32_t first = u64map_get(&x->by_hash, hash);
	uint32_t other = EXPORT_NONE, vmlinux = EXPORT_NONE, own = EXPORT_NONE;
	size_t others = 0;

	*ret_unsure = false;
	if (first == U64MAP_NONE)
		return EXPORT_NONE;
	for (uint32_t i = first; i != EXPORT_NONE; i = x->list[i].next) {
		const struct export *p = &x->list[i];

		if (name && strcmp(p->name, name) != 0)
			continue;
		if (strcmp(p->name, x->list[first].name) != 0)
			*ret_unsure = !name;
		if (p->image == image) {
			own = better(x, own, i);
		} else if (p->image == 0) {
			vmlinux = better(x, vmlinux, i);
		} else {
			other = i;
			others++;
		}
	}
	if (own != EXPORT_NONE)
		return own;
	if (vmlinux != EXPORT_NONE)
		return vmlinux;
	return others == 1 ? other : EXPORT_NONE;
}

void exports_release(struct exports *x)
{
	u64map_release(&x->by_hash);
	free(x->list);
	*x = (struct exports){ 0 };
}
