/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/resolve.h"

#include <stdlib.h>

#include "symbols/resolver.h"
#include "symbols/by_name.h"
#include "symbols/by_address.h"

int resolver_new(const struct symbol_map *map, struct name_numbers names,
		 struct resolver **ret, struct err *e)
{
	struct resolver *r = calloc(1, sizeof(*r));
	int rc;

	if (!r)
		return err_nomem(e);
	r->map = map;
	r->names = names;
	rc = code_index_init(&r->index, map, e);
	if (rc) {
		free(r);
		return rc;
	}
	r->candidates = malloc(NAME_CANDIDATES_MAX * sizeof(*r->candidates));
	r->module_ran = calloc(map->nimages + 1, sizeof(*r->module_ran));
	if (!r->candidates || !r->module_ran) {
		resolver_free(r);
		return err_nomem(e);
	}
	*ret = r;
	return 0;
}

void resolver_free(struct resolver *r)
{
	if (!r)
		return;
	code_index_release(&r->index);
	free(r->loaded);
	free(r->return_sites.v);
	free(r->return_sites.bits);
	free(r->candidates);
	free(r->module_ran);
	base_names_release(&r->bases);
	free(r);
}

bool resolver_kaslr_offset(const struct resolver *r, int64_t *ret)
{
	if (r->kaslr_offset_known)
		*ret = r->kaslr_offset;
	return r->kaslr_offset_known;
}

static struct site_match no_match(enum site_state state)
{
	return (struct site_match){
		.state = state,
		.space = MAP_NONE,
		.object = MAP_NONE,
		.function = MAP_NONE,
		.symbol = MAP_NONE,
	};
}

/* The text beside an address is right about sizes, too, or the build is not
 * the one that ran. */
static void check_size(const struct resolver *r, const struct site_text *t,
		       uint32_t symbol, struct site_match *m)
{
	struct code_extent x;

	if (!t->size || symbol == MAP_NONE)
		return;
	x = code_index_extent(&r->index, symbol);
	m->checked = true;
	m->agreed = m->agreed && t->size >= x.least && t->size <= x.most;
}

static int find(struct resolver *r, const struct trace_site *site,
		struct site_match *m, struct err *e)
{
	struct site_text t;
	bool named = site->text && site_text_parse(site->text, site->len, &t);
	int rc;

	if (site->addr) {
		rc = resolver_by_address(r, site->addr, m, e);
		if (rc)
			return rc;
		if (m->state != SITE_UNKNOWN) {
			if (!named)
				return 0;
			check_size(r, &t, m->symbol, m);
			m->symbol = MAP_NONE;
			m->offset = t.offset;
			return 0;
		}
		/* No KASLR offset, or a module that went before kallsyms was read:
		 * the name, if there is one, still says where. */
	}
	return named ? resolver_by_name(r, &t, m, e) : 0;
}

int resolver_site(struct resolver *r, const struct trace_site *site,
		  struct site_match *ret, struct err *e)
{
	bool empty = !site->addr && (!site->text || !site->len);
	struct site_match m = no_match(empty ? SITE_NO_CALLER : SITE_UNKNOWN);
	int rc = empty ? 0 : find(r, site, &m, e);

	if (rc == 0)
		*ret = m;
	return rc;
}
