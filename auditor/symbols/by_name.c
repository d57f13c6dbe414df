/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/resolver.h"

/*
 * All symbols of the name in the image; aliases (one name, one address) are
 * one.  Returns how many, or NAME_CANDIDATES_MAX + 1 for too many to weigh.
 */
static size_t collect(struct resolver *r, const struct map_image *im,
		      int64_t name)
{
	const struct map_symbol *v = r->map->symbols;
	size_t n = 0;

	for (uint32_t i = u64map_get(&r->index.by_name, (uint64_t)name);
	     i != MAP_NONE; i = r->index.next_same[i]) {
		const struct map_symbol *last;

		if (r->index.overridden[i] || v[i].space < im->first_space ||
		    v[i].space - im->first_space >= im->nspaces)
			continue;
		last = n ? &v[r->candidates[n - 1].symbol] : NULL;
		if (im->placed && last && last->space == v[i].space &&
		    last->addr == v[i].addr)
			continue;
		if (n == NAME_CANDIDATES_MAX)
			return n + 1;
		r->candidates[n++] = (struct name_candidate){
			.symbol = i, .place = MAP_NONE
		};
	}
	return n;
}

/* Where the call would be, of each candidate. */
static void locate(struct resolver *r, const struct site_text *t, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct name_candidate *c = &r->candidates[i];
		const struct map_symbol *y = &r->map->symbols[c->symbol];

		if (!t->has_offset) {
			c->address = y->addr;
			c->place = y->place;
			continue;
		}
		c->address = code_address(r->map, y->addr + t->offset);
		if (c->address)
			c->place = code_index_place(&r->index, y->space,
						    c->address - 1);
	}
}

enum test { TEST_SIZE, TEST_OFFSET, TEST_RETURN };

static bool passes(const struct resolver *r, const struct site_text *t,
		   const struct name_candidate *c, enum test test)
{
	struct code_extent x;
	const struct map_place *p;
	const struct map_symbol *y = &r->map->symbols[c->symbol];

	if (test == TEST_RETURN) {
		p = resolver_place(r, c->place);
		return p && code_place_returns(p, c->address);
	}
	x = code_index_extent(&r->index, c->symbol);
	if (test == TEST_SIZE)
		return t->size >= x.least && t->size <= x.most;
	return t->offset <= x.most && y->addr <= UINT64_MAX - t->offset &&
	       y->addr + t->offset <= r->map->spaces[y->space].end;
}

/* Keeps the candidates that pass, in order; all where none does. */
static size_t keep(struct resolver *r, const struct site_text *t, size_t n,
		   enum test test, bool *ret_some)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		struct name_candidate c = r->candidates[i];

		if (passes(r, t, &c, test))
			r->candidates[kept++] = c;
	}
	*ret_some = kept > 0;
	return kept ? kept : n;
}

static uint32_t object_of(const struct resolver *r,
			  const struct name_candidate *c)
{
	const struct map_place *p = resolver_place(r, c->place);

	return p ? p->object : MAP_NONE;
}

static int function_of(struct resolver *r, const struct name_candidate *c,
		       const struct site_text *t, uint32_t *ret, struct err *e)
{
	if (!t->has_offset) {
		*ret = c->symbol;
		return 0;
	}
	*ret = MAP_NONE;
	if (c->place == MAP_NONE)
		return 0;
	return resolver_function(r, c->place, c->address - 1, c->symbol, ret,
				 e);
}

/* Whether all n are calls in one function of one object, as twins in a file
 * that is included twice are.  0 no, 1 yes, or negative. */
static int are_one(struct resolver *r, const struct site_text *t, size_t n,
		   struct err *e)
{
	uint32_t object = object_of(r, &r->candidates[0]), first, other;
	int rc = function_of(r, &r->candidates[0], t, &first, e);

	if (rc)
		return rc;
	for (size_t i = 1; i < n; i++) {
		if (object == MAP_NONE || first == MAP_NONE ||
		    object_of(r, &r->candidates[i]) != object)
			return 0;
		rc = function_of(r, &r->candidates[i], t, &other, e);
		if (rc)
			return rc;
		if (other == MAP_NONE ||
		    r->map->symbols[first].name != r->map->symbols[other].name)
			return 0;
	}
	return 1;
}

static void list_candidates(const struct resolver *r, size_t n,
			    struct site_match *m)
{
	m->state = SITE_AMBIGUOUS;
	for (size_t i = 0; i < n && i < SITE_CANDIDATES_MAX; i++) {
		const struct name_candidate *c = &r->candidates[i];

		m->candidates[m->ncandidates++] = (struct site_candidate){
			.object = object_of(r, c),
			.space = r->map->symbols[c->symbol].space,
			.address = c->address,
		};
	}
}

static int decide(struct resolver *r, const struct site_text *t, size_t n,
		  struct site_match *m, struct err *e)
{
	const struct name_candidate *c = &r->candidates[0];
	int one = are_one(r, t, n, e);

	if (one < 0)
		return one;
	if (!one) {
		list_candidates(r, n, m);
		return 0;
	}
	m->object = object_of(r, c);
	m->state = m->object == MAP_NONE ? SITE_NO_OBJECT : SITE_OBJECT;
	m->space = r->map->symbols[c->symbol].space;
	m->address = c->address;
	m->exact = t->has_offset;
	return function_of(r, c, t, &m->function, e);
}

/*
 * Where sizes or offsets of all candidates are other than printed, this is
 * not the build that ran: a call that happens to be at the offset in one of
 * them would then tell nothing.
 */
static int weigh(struct resolver *r, const struct site_text *t, size_t n,
		 struct site_match *m, struct err *e)
{
	bool size_fits = true, some;

	if (t->size)
		n = keep(r, t, n, TEST_SIZE, &size_fits);
	m->checked = true;
	n = keep(r, t, n, TEST_OFFSET, &some);
	if (!some || (t->size && t->offset > t->size))
		return 0;
	locate(r, t, n);
	m->checked = t->size != 0;
	m->agreed = t->size && size_fits;
	if (t->has_offset && (size_fits || n == 1)) {
		const struct map_place *p;

		n = keep(r, t, n, TEST_RETURN, &some);
		p = resolver_place(r, r->candidates[0].place);
		m->checked = t->size || !p || p->returns_known;
		m->agreed = m->checked && some && size_fits;
	}
	return decide(r, t, n, m, e);
}

/* Addresses are not known: one object that has the name will do, as far as
 * the call is in the function that the text names. */
static int weigh_unplaced(struct resolver *r, const struct site_text *t,
			  size_t n, struct site_match *m, struct err *e)
{
	if (t->has_offset && !t->offset)
		return 0;
	for (size_t i = 0; i < n; i++) {
		const struct map_symbol *y =
			&r->map->symbols[r->candidates[i].symbol];

		r->candidates[i].place = y->place;
		r->candidates[i].address = y->addr + t->offset;
	}
	for (size_t i = 1; i < n; i++) {
		if (object_of(r, &r->candidates[i]) ==
		    object_of(r, &r->candidates[0]))
			continue;
		list_candidates(r, n, m);
		return 0;
	}
	return decide(r, &(struct site_text){ .has_offset = false }, 1, m, e);
}

int resolver_by_name(struct resolver *r, const struct site_text *t,
		     struct site_match *m, struct err *e)
{
	const struct map_image *im;
	uint32_t image = r->index.vmlinux;
	int64_t name;
	size_t n = 0;
	int rc;

	if (t->module)
		image = code_index_image(&r->index, t->module, t->module_len);
	if (image == MAP_NONE)
		return 0;
	im = &r->map->images[image];
	rc = r->names.number(r->names.ctx, t->name, t->name_len, &name, e);
	if (rc < 0)
		return rc;
	if (rc)
		n = collect(r, im, name);
	m->offset = t->offset;
	if (!n) {
		/* A kernel of this build has no such function. */
		m->checked = im->placed;
		return 0;
	}
	if (n > NAME_CANDIDATES_MAX) {
		list_candidates(r, NAME_CANDIDATES_MAX, m);
		return 0;
	}
	return im->placed ? weigh(r, t, n, m, e)
			  : weigh_unplaced(r, t, n, m, e);
}
