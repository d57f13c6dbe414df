/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/by_name.h"

#include <string.h>

#include "symbols/resolver.h"
#include "symbols/by_address.h"

/*
 * Which images a text may speak of.  What is in brackets names one; a text
 * with a size, as %pS prints it, would name a module.  `trace-cmd report`
 * and the frames of stacks print a function, maybe an offset, and leave the
 * module out: there a module's function is as likely as vmlinux's.
 */
enum scope { SCOPE_MODULE, SCOPE_VMLINUX, SCOPE_ALL };

/* What is known of a site by its text. */
struct question {
	const struct site_text *t;
	enum scope scope;
	uint32_t image; /* of SCOPE_MODULE and SCOPE_VMLINUX */
	size_t n;	/* candidates, or more than can be weighed */
};

static const struct map_image *image_of(const struct resolver *r,
					uint32_t symbol)
{
	uint32_t space = r->map->symbols[symbol].space;

	return &r->map->images[r->map->spaces[space].image];
}

static bool in_scope(const struct resolver *r, const struct question *q,
		     uint32_t symbol)
{
	uint32_t space = r->map->symbols[symbol].space;
	uint32_t image = r->map->spaces[space].image;

	if (q->scope != SCOPE_ALL)
		return image == q->image;
	return image == r->index.vmlinux || !r->modules_known ||
	       r->module_ran[image];
}

/* Adds all symbols of the name that are in scope; aliases (one name, one
 * address) are one. */
static void collect(struct resolver *r, struct question *q, int64_t name)
{
	const struct map_symbol *v = r->map->symbols;
	size_t first = q->n;

	for (uint32_t i = u64map_get(&r->index.by_name, (uint64_t)name);
	     i != MAP_NONE; i = r->index.next_same[i]) {
		const struct map_symbol *last;

		if (r->index.overridden[i] || !in_scope(r, q, i))
			continue;
		last = q->n > first && q->n <= NAME_CANDIDATES_MAX
			       ? &v[r->candidates[q->n - 1].symbol]
			       : NULL;
		if (last && image_of(r, i)->placed &&
		    last->space == v[i].space && last->addr == v[i].addr)
			continue;
		if (q->n >= NAME_CANDIDATES_MAX) {
			q->n = NAME_CANDIDATES_MAX + 1;
			return;
		}
		r->candidates[q->n++] = (struct name_candidate){
			.symbol = i, .place = MAP_NONE
		};
	}
}

static int collect_text(struct resolver *r, struct question *q,
			const char *text, size_t len, struct err *e)
{
	int64_t name;
	int rc = r->names.number(r->names.ctx, text, len, &name, e);

	if (rc == 1)
		collect(r, q, name);
	return rc < 0 ? rc : 0;
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
		if (!image_of(r, c->symbol)->placed) {
			c->address = y->addr + t->offset;
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

	/* Where it is not known how far a function reaches, nothing speaks
	 * against it. */
	if (!image_of(r, c->symbol)->placed)
		return true;
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

static bool is_placed(const struct resolver *r, size_t candidate)
{
	return image_of(r, r->candidates[candidate].symbol)->placed;
}

static size_t count_placed(const struct resolver *r, size_t n)
{
	size_t placed = 0;

	for (size_t i = 0; i < n; i++)
		placed += is_placed(r, i);
	return placed;
}

/* Addresses are not known: one object that has the name will do, as far as
 * the call is in the function that the text names. */
static int weigh_unplaced(struct resolver *r, const struct site_text *t,
			  size_t n, struct site_match *m, struct err *e)
{
	if (t->has_offset && !t->offset)
		return 0;
	for (size_t i = 1; i < n; i++) {
		if (object_of(r, &r->candidates[i]) ==
		    object_of(r, &r->candidates[0]))
			continue;
		list_candidates(r, n, m);
		return 0;
	}
	return decide(r, &(struct site_text){ .has_offset = false }, 1, m, e);
}

/*
 * Candidates of the wrong size are not the function that was printed: of
 * another build, or what was printed is of a module that the build does not
 * have.  A call that happens to be at the offset in one of them would then
 * tell nothing, so they are only listed.
 */
static int weigh(struct resolver *r, const struct site_text *t, size_t n,
		 struct site_match *m, struct err *e)
{
	bool size_fits = true, some;
	size_t placed;

	if (t->size)
		n = keep(r, t, n, TEST_SIZE, &size_fits);
	m->checked = true;
	n = keep(r, t, n, TEST_OFFSET, &some);
	if (!some || (t->size && t->offset > t->size))
		return 0;
	locate(r, t, n);
	if (!size_fits) {
		list_candidates(r, n, m);
		return 0;
	}
	m->checked = m->agreed = t->size != 0;
	if (t->has_offset) {
		const struct map_place *p;

		n = keep(r, t, n, TEST_RETURN, &some);
		p = resolver_place(r, r->candidates[0].place);
		m->checked = t->size || !p || p->return_sites_known;
		m->agreed = m->checked && some;
	}
	placed = count_placed(r, n);
	if (placed == n)
		return decide(r, t, n, m, e);
	m->checked = m->agreed = false;
	if (!placed)
		return weigh_unplaced(r, t, n, m, e);
	list_candidates(r, n, m);
	return 0;
}

/* ---- which symbols it may be ---- */

static bool any_fits(const struct resolver *r, const struct question *q)
{
	if (q->n > NAME_CANDIDATES_MAX)
		return true;
	for (size_t i = 0; i < q->n; i++) {
		const struct name_candidate *c = &r->candidates[i];

		if (passes(r, q->t, c, TEST_OFFSET) &&
		    (!q->t->size || passes(r, q->t, c, TEST_SIZE)))
			return true;
	}
	return false;
}

/* Names that were printed shorter than the objects have them, or longer. */
static int collect_bases(struct resolver *r, struct question *q, struct err *e)
{
	const struct site_text *t = q->t;
	size_t dot, base = base_name_length(t->name, t->name_len, &dot);
	int rc = 0;

	if (!r->bases.made)
		rc = base_names_make(&r->bases, r->map, &r->names, e);
	if (rc == 0 && base < t->name_len)
		rc = collect_text(r, q, t->name, base, e);
	for (uint32_t i = base_names_find(&r->bases, t->name, base);
	     rc == 0 && i != MAP_NONE; i = r->bases.entries[i].next)
		collect(r, q, r->bases.entries[i].name);
	return rc;
}

/* ppc64, ELF v1: the code of foo is .foo, or has no name but its
 * descriptor's. */
static int collect_dotted(struct resolver *r, struct question *q, struct err *e)
{
	enum { EM_PPC64_ABI = 21 };
	const struct site_text *t = q->t;
	char text[512] = ".";

	if (r->map->machine != EM_PPC64_ABI || t->name_len > sizeof(text) - 1)
		return 0;
	if (t->name[0] == '.')
		return collect_text(r, q, t->name + 1, t->name_len - 1, e);
	memcpy(text + 1, t->name, t->name_len);
	return collect_text(r, q, text, t->name_len + 1, e);
}

/* The exact name first; others where it cannot be what was printed. */
static int collect_all(struct resolver *r, struct question *q, struct err *e)
{
	const struct site_text *t = q->t;
	int rc = collect_text(r, q, t->name, t->name_len, e);

	if (rc == 0 && !any_fits(r, q))
		rc = collect_dotted(r, q, e);
	if (rc == 0 && !any_fits(r, q))
		rc = collect_bases(r, q, e);
	return rc;
}

int resolver_by_name(struct resolver *r, const struct site_text *t,
		     struct site_match *m, struct err *e)
{
	struct question q = { .t = t, .image = r->index.vmlinux };
	int rc;

	q.scope = t->module ? SCOPE_MODULE
		  : t->size ? SCOPE_VMLINUX
			    : SCOPE_ALL;
	if (t->module)
		q.image = code_index_image(&r->index, t->module, t->module_len);
	if (t->module && q.image == MAP_NONE)
		return 0;
	m->offset = t->offset;
	rc = collect_all(r, &q, e);
	if (rc < 0)
		return rc;
	if (!q.n) {
		/* A kernel of this build has no such function. */
		m->checked = q.image != MAP_NONE &&
			     r->map->images[q.image].placed;
		return 0;
	}
	if (q.n > NAME_CANDIDATES_MAX) {
		list_candidates(r, NAME_CANDIDATES_MAX, m);
		return 0;
	}
	return weigh(r, t, q.n, m, e);
}
