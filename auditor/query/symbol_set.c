/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/symbol_set.h"

#include <stdlib.h>
#include <string.h>

#include "support/grow.h"

static const char *text_at(sqlite3_stmt *st, int column)
{
	const unsigned char *t = sqlite3_column_text(st, column);

	return t ? (const char *)t : "";
}

/* As query/diff.c numbers them: what is matched with what must be the same. */
static int64_t section_number(const char *name)
{
	uint64_t h = UINT64_C(1469598103934665603);

	for (; *name; name++)
		h = (h ^ (unsigned char)*name) * UINT64_C(1099511628211);
	return (int64_t)h;
}

static int add(struct symbol_set *s, sqlite3_stmt *st, struct err *e)
{
	struct compare_symbol *c;
	const char *name, *norm;

	if (grow_room((void **)&s->symbols, s->n, &s->symbols_room,
		      sizeof(*s->symbols)) ||
	    grow_room((void **)&s->rest, s->n, &s->rest_room, sizeof(*s->rest)))
		return err_nomem(e);
	norm = arena_strdup(&s->arena, text_at(st, 2));
	name = arena_strdup(&s->arena, text_at(st, 3));
	if (!norm || !name)
		return err_nomem(e);
	c = &s->symbols[s->n];
	*c = (struct compare_symbol){
		.section = section_number(text_at(st, 1)),
		.name = norm,
		.value = (uint64_t)sqlite3_column_int64(st, 4),
		.size = (uint64_t)sqlite3_column_int64(st, 5),
		/* Code becomes no data; the rest compilers may exchange. */
		.type = strcmp(text_at(st, 6), "func") == 0,
	};
	s->rest[s->n++] = (struct symbol_rest){ sqlite3_column_int64(st, 0),
						name };
	return 0;
}

int symbol_set_load(const struct database *d, int64_t footprint,
		    struct symbol_set *ret, struct err *e)
{
	const struct binding bindings[] = { { ":footprint", NULL, &footprint },
					    { NULL, NULL, NULL } };
	struct symbol_set s = { .footprint = footprint };
	sqlite3_stmt *st;
	int r = database_prepare(d, "blame-symbols", bindings, &st, e);

	if (r < 0)
		return r;
	while ((r = database_step(d, st, e)) == 1) {
		r = add(&s, st, e);
		if (r < 0)
			break;
	}
	sqlite3_finalize(st);
	if (r < 0)
		symbol_set_release(&s);
	else
		*ret = s;
	return r;
}

void symbol_set_release(struct symbol_set *s)
{
	free(s->symbols);
	free(s->rest);
	arena_release(&s->arena);
}
