/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SORT, SORT_BY_ALIGNMENT... of input statements.
 */
#include "link/script/sort.h"

#include <stdlib.h>
#include <string.h>

/* What a section is sorted by; place keeps the sort stable. */
struct sort_item {
	const char *name, *file;
	uint64_t align;
	const struct section_spec *spec;
	uint32_t sec, place, name_id;
	bool files;
};

/* The number at the end of ".init_array.123"; -1 where there is none. */
static long init_priority(const char *name)
{
	const char *dot = strrchr(name, '.');
	char *end;
	long v;

	if (!dot || dot[1] < '0' || dot[1] > '9')
		return -1;
	v = strtol(dot + 1, &end, 10);
	if (*end || v > 65535)
		return -1;
	/* .ctors count down, .init_array counts up. */
	return strncmp(name, ".ctors", 6) && strncmp(name, ".dtors", 6)
		       ? v
		       : 65535 - v;
}

static int compare_by(enum sort_by by, const struct sort_item *a,
		      const struct sort_item *b)
{
	long x, y;

	/* Many sections may share one long name. */
	if (by != SORT_ALIGNMENT && a->name_id == b->name_id)
		return 0;
	switch (by) {
	case SORT_ALIGNMENT: /* the most aligned first */
		return (a->align < b->align) - (a->align > b->align);
	case SORT_INIT_PRIORITY:
		x = init_priority(a->name);
		y = init_priority(b->name);
		if (x >= 0 && y >= 0 && x != y)
			return x < y ? -1 : 1;
		return strcmp(a->name, b->name);
	case SORT_NAME:
		return strcmp(a->name, b->name);
	case SORT_NOT:
		break;
	}
	return 0;
}

static int compare(const void *x, const void *y)
{
	const struct sort_item *a = x, *b = y;
	int c = 0;

	if (a->files)
		c = strcmp(a->file, b->file);
	/* Patterns that sort are before those that do not. */
	if (!c && a->spec != b->spec)
		c = (a->spec->sort == SORT_NOT) - (b->spec->sort == SORT_NOT);
	if (!c && a->spec->sort == b->spec->sort) {
		c = compare_by(a->spec->sort, a, b);
		if (!c)
			c = compare_by(a->spec->then, a, b);
		if (a->spec->reverse)
			c = -c;
	}
	return c ? c : (a->place > b->place) - (a->place < b->place);
}

static bool sorts(const struct script *s, const struct script_stmt *stmt)
{
	if (stmt->sort_files)
		return true;
	for (uint32_t i = 0; i < stmt->nspecs; i++)
		if (s->specs[stmt->first_spec + i].sort != SORT_NOT)
			return true;
	return false;
}

int script_sort(const struct script *s, struct script_stmt *stmt,
		struct link_work *w, struct err *e)
{
	struct sort_item *items;
	uint32_t n = 0;

	if (stmt->secs.n < 2 || !sorts(s, stmt))
		return 0;
	items = calloc(stmt->secs.n, sizeof(*items));
	if (!items)
		return err_nomem(e);
	for (uint32_t k = stmt->secs.head; k != NO_SEC; k = w->secs[k].next) {
		const struct in_section *x = &w->secs[k];
		const char *name = w->names.list[x->name].text;

		items[n] = (struct sort_item){
			.name = name,
			.file = w->job->inputs[x->input].path,
			.align = x->linker ? 1 : link_align(w, x),
			.spec = &s->specs[x->spec],
			.sec = k,
			.name_id = x->name,
			.place = n,
			.files = stmt->sort_files,
		};
		n++;
	}
	qsort(items, n, sizeof(*items), compare);
	stmt->secs.head = items[0].sec;
	for (uint32_t i = 0; i < n; i++)
		w->secs[items[i].sec].next = i + 1 < n ? items[i + 1].sec
						       : NO_SEC;
	stmt->secs.tail = items[n - 1].sec;
	free(items);
	return 0;
}
