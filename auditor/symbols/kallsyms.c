/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The KASLR offset, from the running kernel's own list of symbols.
 */
#include "symbols/kallsyms.h"

#include <stdlib.h>
#include <string.h>

#include "support/grow.h"
#include "symbols/kallsyms_line.h"
#include "symbols/resolver.h"

#define SAMPLES 2000 /* lines of vmlinux that are compared */
#define ENOUGH 16    /* from here nine of ten must agree, below all */

struct vote {
	uint32_t space;
	uint64_t shift; /* running address - address in the space */
};

struct votes {
	struct vote *v;
	size_t n, capacity;
};

/* What the symbol of this line says of its image's place, if there is only
 * one symbol that it can be. */
static int cast_vote(struct resolver *r, const struct kallsyms_line *l,
		     uint32_t image, struct votes *votes, struct err *e)
{
	const struct map_image *im = &r->map->images[image];
	uint32_t symbol;
	int64_t name;
	int rc;

	rc = r->names.number(r->names.ctx, l->name, l->name_len, &name, e);
	if (rc <= 0 || !code_index_unique(&r->index, name, im->first_space,
					  im->nspaces, &symbol))
		return rc < 0 ? rc : 0;
	if (grow_room((void **)&votes->v, votes->n, &votes->capacity,
		      sizeof(*votes->v)))
		return err_nomem(e);
	votes->v[votes->n++] = (struct vote){
		.space = r->map->symbols[symbol].space,
		.shift = code_address(r->map,
				      code_address(r->map, l->addr) -
					      r->map->symbols[symbol].addr),
	};
	return 0;
}

static int compare_votes(const void *a, const void *b)
{
	const struct vote *x = a, *y = b;

	if (x->space != y->space)
		return x->space < y->space ? -1 : 1;
	return (x->shift > y->shift) - (x->shift < y->shift);
}

/* How many votes of one space there are from *v on, and in *ret_most the
 * longest run of one shift. */
static size_t count_space(const struct vote *v, size_t n, uint64_t *ret_shift,
			  size_t *ret_most)
{
	size_t all = 0, run = 0, most = 0;

	for (; all < n && v[all].space == v[0].space; all++) {
		run = all && v[all].shift == v[all - 1].shift ? run + 1 : 1;
		if (run > most) {
			most = run;
			*ret_shift = v[all].shift;
		}
	}
	*ret_most = most;
	return all;
}

static void elect_kaslr_offset(struct resolver *r, struct votes *votes)
{
	uint64_t shift = 0;
	size_t most, all;

	qsort(votes->v, votes->n, sizeof(*votes->v), compare_votes);
	all = count_space(votes->v, votes->n, &shift, &most);
	if (!most || (all >= ENOUGH ? most * 10 < all * 9 : most < all))
		return;
	r->kaslr_offset_known = true;
	r->kaslr_offset = r->map->is_64bit ? (int64_t)shift
					   : (int64_t)(int32_t)(uint32_t)shift;
}

static int compare_loaded(const void *a, const void *b)
{
	const struct loaded_space *x = a, *y = b;

	return (x->base > y->base) - (x->base < y->base);
}

static int elect_bases(struct resolver *r, struct votes *votes, struct err *e)
{
	struct loaded_space *loaded = NULL;
	size_t n = 0, capacity = 0, all, most;
	uint64_t shift = 0;

	qsort(votes->v, votes->n, sizeof(*votes->v), compare_votes);
	for (size_t i = 0; i < votes->n; i += all) {
		all = count_space(votes->v + i, votes->n - i, &shift, &most);
		if (most * 2 <= all)
			continue;
		if (grow_room((void **)&loaded, n, &capacity,
			      sizeof(*loaded)) ||
		    !loaded) {
			free(loaded);
			return err_nomem(e);
		}
		loaded[n++] = (struct loaded_space){ shift, votes->v[i].space };
	}
	if (loaded)
		qsort(loaded, n, sizeof(*loaded), compare_loaded);
	free(r->loaded);
	r->loaded = loaded;
	r->nloaded = n;
	return 0;
}

static void note_module(struct resolver *r, uint32_t image)
{
	r->modules_known = true;
	if (image != MAP_NONE)
		r->module_ran[image] = true;
}

void resolver_modules(struct resolver *r, const char *text, size_t len)
{
	const char *p = text, *end = text + len;

	r->modules_known = true;
	while (p < end) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));
		size_t n = (size_t)((stop ? stop : end) - p);
		const char *blank = memchr(p, ' ', n);

		note_module(r,
			    code_index_image(&r->index, p,
					     blank ? (size_t)(blank - p) : n));
		p += n + (stop != NULL);
	}
}

/* Each step-th line of vmlinux, and all of known modules. */
static int collect(struct resolver *r, const char *text, size_t len,
		   size_t step, struct votes *vmlinux, struct votes *modules,
		   struct err *e)
{
	const char *p = text, *end = text + len;
	struct kallsyms_line l, last = { .module = NULL };
	uint32_t image = MAP_NONE;
	size_t n = 0;
	int rc = 0;

	while (rc == 0 && kallsyms_next(&p, end, &l)) {
		if (!l.addr)
			continue;
		if (!l.module) {
			if (r->index.vmlinux_space != MAP_NONE &&
			    n++ % step == 0)
				rc = cast_vote(r, &l, r->index.vmlinux, vmlinux,
					       e);
			continue;
		}
		if (!last.module || last.module_len != l.module_len ||
		    memcmp(last.module, l.module, l.module_len) != 0)
			image = code_index_image(&r->index, l.module,
						 l.module_len);
		last = l;
		note_module(r, image);
		if (image != MAP_NONE && image != r->index.vmlinux &&
		    r->map->images[image].placed)
			rc = cast_vote(r, &l, image, modules, e);
	}
	return rc;
}

int resolver_kallsyms(struct resolver *r, const char *text, size_t len,
		      bool *ret_usable, struct err *e)
{
	struct votes vmlinux = { .v = NULL }, modules = { .v = NULL };
	const char *p = text, *end = text + len;
	size_t lines = 0;
	bool usable = false;
	struct kallsyms_line l;
	int rc = 0;

	while (kallsyms_next(&p, end, &l)) {
		usable = usable || l.addr;
		lines += !l.module && l.addr;
		if (l.module && !l.addr)
			note_module(r, code_index_image(&r->index, l.module,
							l.module_len));
	}
	if (usable)
		rc = collect(r, text, len, lines / SAMPLES + 1, &vmlinux,
			     &modules, e);
	if (rc == 0 && vmlinux.n)
		elect_kaslr_offset(r, &vmlinux);
	if (rc == 0 && modules.n)
		rc = elect_bases(r, &modules, e);
	free(vmlinux.v);
	free(modules.v);
	if (rc == 0)
		*ret_usable = usable;
	return rc;
}
