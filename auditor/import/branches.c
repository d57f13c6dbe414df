/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/branches.h"

#include <stdlib.h>
#include <string.h>

#include "support/grow.h"

/* Deeper paths count for their first directories alone. */
#define PATH_LEN_MAX 4000

static int new_branch(struct branches *b, uint32_t name, uint32_t *ret)
{
	if (b->count >= BRANCH_END || grow_room((void **)&b->list, b->count,
						&b->capacity, sizeof(*b->list)))
		return -1;
	*ret = (uint32_t)b->count;
	b->list[b->count++] = (struct branch){ .name = name, .same = *ret };
	return 0;
}

/* The branch of a path with or without what tracing allocated. */
static int branch_of(struct branches *b, bool tracing, const char *path,
		     size_t len, uint32_t *ret)
{
	char key[PATH_LEN_MAX + 2];
	uint64_t *number;
	bool added;

	key[0] = tracing ? '1' : '0';
	memcpy(key + 1, path, len);
	number = strmap_put(&b->numbers, key, len + 1, b->count, &added);
	if (!number)
		return -1;
	*ret = (uint32_t)*number;
	return added ? new_branch(b, (uint32_t)(b->numbers.keys.count - 1), ret)
		     : 0;
}

static int chain_put(struct branches *b, uint32_t number)
{
	if (b->nchains >= BRANCH_END ||
	    grow_room((void **)&b->chains, b->nchains, &b->chains_capacity,
		      sizeof(*b->chains)))
		return -1;
	b->chains[b->nchains++] = number;
	if (number != BRANCH_END)
		b->list[number].sites++;
	return 0;
}

/* Is there something of tracing in this branch? */
static bool has_tracing(const struct branches *b, const char *path, size_t len)
{
	uint64_t chain;

	return strmap_get(&b->traced, path, len, &chain);
}

/* One branch of a site's path: as it is, and without tracing. */
static int put_level(struct branches *b, const char *path, size_t len,
		     bool tracing)
{
	uint32_t number;
	bool added;

	if (branch_of(b, true, path, len, &number) || chain_put(b, number))
		return -1;
	if (tracing)
		return strmap_put(&b->traced, path, len, 0, &added) ? 0 : -1;
	if (!has_tracing(b, path, len))
		return 0;
	return branch_of(b, false, path, len, &number) || chain_put(b, number)
		       ? -1
		       : 0;
}

static int put_levels(struct branches *b, const char *place, bool tracing)
{
	size_t len = strlen(place);

	if (len > PATH_LEN_MAX)
		len = PATH_LEN_MAX;
	while (len) {
		if (put_level(b, place, len, tracing))
			return -1;
		while (len && place[len - 1] != '/')
			len--;
		len -= len > 0;
	}
	return put_level(b, "", 0, tracing);
}

int branches_init(struct branches *b, size_t nsites)
{
	uint32_t root;

	*b = (struct branches){ .nsites = nsites,
				.each_site = nsites <= BRANCH_SITES_MAX };
	b->of_site = malloc((nsites + 1) * sizeof(*b->of_site));
	b->own = calloc(nsites + 1, sizeof(*b->own));
	if (!b->of_site || !b->own)
		return -1;
	for (size_t i = 0; i < nsites; i++)
		b->of_site[i] = BRANCH_END;
	return branch_of(b, true, "", 0, &root);
}

static int new_chain(struct branches *b, const char *place, bool tracing,
		     uint32_t *ret)
{
	uint32_t number;

	*ret = (uint32_t)b->nchains;
	if (b->each_site &&
	    (new_branch(b, INTERN_NONE, &number) || chain_put(b, number)))
		return -1;
	return put_levels(b, place, tracing) || chain_put(b, BRANCH_END) ? -1
									 : 0;
}

int branches_add(struct branches *b, uint32_t site, const char *place,
		 bool tracing)
{
	uint64_t *chain;
	uint32_t begin;
	bool added;

	if (site >= b->nsites)
		return 0;
	if (b->each_site) {
		b->own[site] = (uint32_t)b->count;
		return new_chain(b, place, tracing, &b->of_site[site]);
	}
	chain = strmap_put(&b->shared, place, strlen(place), BRANCH_END,
			   &added);
	if (!chain)
		return -1;
	if (!added) {
		b->of_site[site] = (uint32_t)*chain;
		return 0;
	}
	if (new_chain(b, place, tracing, &begin))
		return -1;
	*chain = b->of_site[site] = begin;
	return 0;
}

static bool same_kind(const struct branches *b, const struct branch *x,
		      const struct branch *y)
{
	return (x->name == INTERN_NONE || branches_with_tracing(b, x)) ==
	       (y->name == INTERN_NONE || branches_with_tracing(b, y));
}

/* A branch is in those further on in its chain, if they are of one kind, so
 * that it has the same sites where it has as many. */
static void join_chain(struct branches *b, uint32_t *chain)
{
	uint32_t *kept = chain;

	for (uint32_t *c = chain; *c != BRANCH_END; c++) {
		struct branch *x = &b->list[*c];

		for (const uint32_t *d = c + 1; *d != BRANCH_END; d++)
			if (b->list[*d].sites == x->sites &&
			    same_kind(b, x, &b->list[*d]))
				x->same = *d;
		if (x->same == *c)
			*kept++ = *c;
	}
	*kept = BRANCH_END;
}

void branches_join(struct branches *b)
{
	for (size_t i = 0; i < b->nsites && b->each_site; i++)
		if (b->of_site[i] != BRANCH_END)
			join_chain(b, b->chains + b->of_site[i]);
}

const char *branches_path(const struct branches *b, const struct branch *x)
{
	return intern_get(&b->numbers.keys, x->name).text + 1;
}

bool branches_with_tracing(const struct branches *b, const struct branch *x)
{
	return intern_get(&b->numbers.keys, x->name).text[0] == '1';
}

void branches_release(struct branches *b)
{
	free(b->list);
	free(b->chains);
	free(b->of_site);
	free(b->own);
	strmap_release(&b->numbers);
	strmap_release(&b->traced);
	strmap_release(&b->shared);
	*b = (struct branches){ .count = 0 };
}
