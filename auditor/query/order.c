/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/order.h"

#include <stdio.h>
#include <string.h>

#define SORTED "%sSELECT * FROM (\n%.*s\n)\n%s" /* lint: one statement */
/* The value of the last row that will be shown, read once for all parts of a
 * UNION.  NULL: fewer rows than the limit, or nothing to compare. */
#define BOUND                                                                  \
	"WITH kmemdb_bound (at) AS MATERIALIZED (\nSELECT \"%s\" FROM (\n%.*s\n)\nORDER BY 1 %s NULLS LAST LIMIT 1 OFFSET :kmemdb_limit - 1\n)\n" /* lint: one statement */
#define WITHIN                                                                 \
	"WHERE coalesce(\"%s\" %s (SELECT at FROM kmemdb_bound), 1)\n" /* lint: one statement */

#define SUMMED "SELECT %s FROM (\n%.*s\n)\n" /* lint: one statement */

/* Words of trace_analyze and of daily use; a report's own column of the name
 * wins. */
static const struct alias {
	const char *word, *column;
} aliases[] = {
	{ "total_dynamic", "total_bytes" }, { "current_dynamic", "live_bytes" },
	{ "live", "live_bytes" },	    { "net", "live_bytes" },
	{ "current", "current_bytes" },	    { "waste", "waste_bytes" },
	{ "total", "total_bytes" },	    { "alloc_count", "allocs" },
	{ "free_count", "frees" },
};

static size_t find_column(const char *name, size_t len,
			  const struct column *columns, size_t ncolumns)
{
	size_t i = 0;

	while (i < ncolumns && (strlen(columns[i].name) != len ||
				memcmp(columns[i].name, name, len) != 0))
		i++;
	return i;
}

/* The column an alias means here; ncolumns where it means none. */
static size_t find_alias(const char *word, size_t len,
			 const struct column *columns, size_t ncolumns)
{
	for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++) {
		const struct alias *a = &aliases[i];

		if (strlen(a->word) == len && memcmp(a->word, word, len) == 0)
			return find_column(a->column, strlen(a->column),
					   columns, ncolumns);
	}
	return ncolumns;
}

static size_t find(const char *word, size_t len, const struct column *columns,
		   size_t ncolumns)
{
	size_t i = find_column(word, len, columns, ncolumns);

	return i < ncolumns ? i : find_alias(word, len, columns, ncolumns);
}

static int unknown(const char *word, size_t len, const struct column *columns,
		   size_t ncolumns, struct err *e)
{
	char list[700];
	size_t used = 0;

	list[0] = '\0';
	for (size_t i = 0; i < ncolumns && used < sizeof(list); i++)
		used += (size_t)snprintf(list + used, sizeof(list) - used,
					 "%s%s", i ? ", " : "",
					 columns[i].name);
	return err_set(e, ERR_USAGE,
		       "no column '%.*s' to sort by: there are %s",
		       (int)(len < 80 ? len : 80), word, list);
}

static void add_term(struct order *o, size_t column, bool ascending)
{
	for (size_t i = 0; i < o->count; i++) {
		if (o->terms[i].column == column)
			return;
	}
	if (o->count == ORDER_MAX)
		return;
	o->terms[o->count].column = column;
	o->terms[o->count].ascending = ascending;
	o->count++;
}

static int add_word(struct order *o, const char *word, size_t len,
		    const struct column *columns, size_t ncolumns,
		    struct err *e)
{
	const char *colon = memchr(word, ':', len);
	size_t name = colon ? (size_t)(colon - word) : len;
	size_t column = find(word, name, columns, ncolumns);
	const char *way = colon ? colon + 1 : "";
	size_t way_len = colon ? len - name - 1 : 0;

	if (column == ncolumns)
		return unknown(word, name, columns, ncolumns, e);
	if (!colon)
		add_term(o, column, columns[column].ascending);
	else if (way_len == 3 && memcmp(way, "asc", 3) == 0)
		add_term(o, column, true);
	else if (way_len == 4 && memcmp(way, "desc", 4) == 0)
		add_term(o, column, false);
	else
		return err_set(
			e, ERR_USAGE,
			"no order '%.*s': a column is followed by ':asc', ':desc' or nothing",
			(int)(len < 80 ? len : 80), word);
	return 0;
}

int order_add(struct order *o, const char *words, const struct column *columns,
	      size_t ncolumns, struct err *e)
{
	int rc = 0;

	for (;;) {
		size_t len;

		words += strspn(words, ", \t");
		if (!*words || rc)
			return rc;
		len = strcspn(words, ", \t");
		rc = add_word(o, words, len, columns, ncolumns, e);
		words += len;
	}
}

void order_show(const struct order *o, struct column *columns, size_t ncolumns,
		const char *const given[PARAM_COUNT])
{
	for (size_t i = 0; i < o->count; i++)
		columns[o->terms[i].column].wide = false;
	for (size_t i = 0; i < ncolumns; i++) {
		const char *by = columns[i].shown_by;

		if (by && given[query_param_find(by, strlen(by))])
			columns[i].wide = false;
	}
}

char *order_wrap(const struct order *o, const struct column *steps,
		 const char *sql, size_t len, struct arena *a)
{
	char terms[ORDER_MAX * 40];
	const char *bound = "", *within = "";
	size_t used = 0;

	terms[0] = '\0';
	for (size_t i = 0; i < o->count; i++)
		used += (size_t)snprintf(terms + used, sizeof(terms) - used,
					 "%s%zu %s NULLS LAST",
					 i ? ", " : "ORDER BY ",
					 o->terms[i].column + 1,
					 o->terms[i].ascending ? "ASC"
							       : "DESC");
	/* Only rows as good as the last of those that will be shown, in the
	 * column that comes first. */
	if (steps) {
		const char *name = steps[o->terms[0].column].name;
		bool ascending = o->terms[0].ascending;

		bound = arena_printf(a, BOUND, name, (int)len, sql,
				     ascending ? "ASC" : "DESC");
		within = arena_printf(a, WITHIN, name, ascending ? "<=" : ">=");
	}
	/* The newline ends a comment that the statement may end with. */
	return bound && within
		       ? arena_printf(a, SORTED "%s\nLIMIT :kmemdb_limit",
				      bound, (int)len, sql, within, terms)
		       : NULL;
}

char *order_sums(const struct column *columns, size_t ncolumns, const char *sql,
		 size_t len, struct arena *a)
{
	const char *names = "";

	for (size_t i = 0; i < ncolumns && names; i++) {
		if (columns[i].sum)
			names = arena_printf(a, "%s%s\"%s\"", names,
					     *names ? ", " : "",
					     columns[i].name);
	}
	if (names && !*names)
		names = "1";
	return names ? arena_printf(a, SUMMED, names, (int)len, sql) : NULL;
}
