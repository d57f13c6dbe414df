/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/join_sites.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "symbols/resolve.h"
#include "model/site_text.h"

static int compare_name(const void *key, const void *element)
{
	const uint64_t *address = key;
	const struct kallsyms_name *name = element;

	return *address < name->address ? -1 : *address > name->address;
}

/* The raw `symbol+0xoff`, as the log has it; else the build's, or that of
 * kallsyms. */
static int caller_of(const struct site_join *j, const struct trace_site *s,
		     const struct site_match *match, char *ret, size_t size,
		     struct err *e)
{
	const struct kallsyms_name *known;
	const char *name;
	int r;

	if (s->text) {
		size_t len = site_text_caller(s->text, s->len);

		snprintf(ret, size, "%.*s", (int)(len < 2000 ? len : 2000),
			 s->text);
		return 0;
	}
	if (j->map && match->symbol != MAP_NONE &&
	    (match->state == SITE_OBJECT || match->state == SITE_NO_OBJECT)) {
		r = store_name_text(j->store,
				    j->map->symbols[match->symbol].name, &name,
				    e);
		if (r < 0)
			return r;
		snprintf(ret, size, "%s+0x%" PRIx64, name, match->offset);
		return 0;
	}
	known = j->running->nnames
			? bsearch(&s->addr, j->running->names,
				  j->running->nnames,
				  sizeof(*j->running->names), compare_name)
			: NULL;
	if (known && known->name)
		snprintf(ret, size, "%.*s+0x%" PRIx64, (int)known->name_len,
			 known->name, known->offset);
	else if (s->addr)
		snprintf(ret, size, "0x%" PRIx64, s->addr);
	else
		snprintf(ret, size, "-");
	return 0;
}

static int put_site(const struct site_join *j, uint32_t id, struct trace_site s,
		    const char *text, struct site_counts *counts, struct err *e)
{
	struct site_match match = { .state = SITE_NO_BUILD };
	char caller[2100];
	int r;

	match.symbol = match.function = match.object = MAP_NONE;
	if (!s.text && !s.addr)
		match.state = SITE_NO_CALLER;
	else if (j->resolver &&
		 (r = resolver_site(j->resolver, &s, &match, e)) < 0)
		return r;
	counts->sites[match.state]++;
	counts->checked += match.checked;
	counts->agreed += match.checked && match.agreed;
	if ((r = caller_of(j, &s, &match, caller, sizeof(caller), e)) < 0)
		return r;
	return store_site(j->store, j->trace, id, text, caller, j->map, &match,
			  e);
}

static int put_own(const struct site_join *j, uint32_t id,
		   struct site_counts *counts, struct err *e)
{
	return put_site(j, id, trace_names_site(j->names, id),
			intern_get(&j->names->sites, id).text, counts, e);
}

int join_extra_site(const struct site_join *j, uint32_t id, const char *text,
		    size_t len, struct err *e)
{
	struct site_counts not_counted = { .checked = 0 };

	return put_site(j, id,
			site_text_split(text, len, j->names->pointer_bits),
			text, &not_counted, e);
}

int join_sites(const struct site_join *j, struct site_counts *ret,
	       struct err *e)
{
	struct site_counts counts = { .checked = 0 };
	int r = put_own(j, 0, &counts, e);

	for (uint32_t i = 1; i < j->names->sites.count && r == 0; i++)
		r = put_own(j, i, &counts, e);
	if (r == 0)
		*ret = counts;
	return r;
}
