/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/demangle.h"

#include <stdlib.h>
#include <string.h>

#include "bfd/bfd_room.h"
#include "bfd/load.h"

static bool is_mangled(const char *text, size_t len)
{
	return len > 2 && text[0] == '_' && (text[1] == 'Z' || text[1] == 'R');
}

/* The readable name of text[0..len), or NULL. */
static char *demangle_name(const struct bfd_room *room, const char *text,
			   size_t len)
{
	char *name = strndup(text, len), *readable;

	readable = name ? room->demangle(name) : NULL;
	free(name);
	return readable;
}

static char *append(char *name, const char *rest, size_t len)
{
	size_t have = strlen(name);
	char *both = realloc(name, have + len + 1);

	if (!both) {
		free(name);
		return NULL;
	}
	memcpy(both + have, rest, len);
	both[have + len] = '\0';
	return both;
}

char *demangle_text(const char *text, size_t len)
{
	const struct bfd_room *room;
	size_t end = 0, dot;
	char *name;
	struct err ignored;

	if (!is_mangled(text, len) || bfd_room_load(&room, &ignored))
		return NULL;
	while (end < len && text[end] != '+' && text[end] != ' ' && text[end])
		end++;
	name = demangle_name(room, text, end);
	for (dot = end; !name && dot > 2; dot--) {
		/* Without what the kernel's build puts after it. */
		if (text[dot - 1] == '.') {
			end = dot - 1;
			name = demangle_name(room, text, end);
		}
	}
	return name ? append(name, text + end, len - end) : NULL;
}

/* ---- rows ---- */

static void drop_texts(struct demangled_rows *d)
{
	for (size_t i = 0; i < d->inner->ncolumns; i++) {
		free(d->texts[i]);
		d->texts[i] = NULL;
	}
}

static int next(struct rows *rows, struct err *e)
{
	struct demangled_rows *d = (struct demangled_rows *)(void *)rows;
	size_t n = d->inner->ncolumns;
	struct cell readable = { .type = CELL_NULL };
	int r = rows_next(d->inner, e);

	if (r != 1)
		return r;
	drop_texts(d);
	memcpy(d->cells, d->inner->cells, n * sizeof(*d->cells));
	for (size_t i = 0; i < n; i++) {
		struct cell *c = &d->cells[i];

		if (c->type != CELL_TEXT)
			continue;
		d->texts[i] = demangle_text(c->text, c->len);
		if (!d->texts[i])
			continue;
		if (readable.type == CELL_NULL)
			readable = (struct cell){
				.type = CELL_TEXT,
				.text = d->texts[i],
				.len = strlen(d->texts[i]),
			};
		if (!d->as_column) {
			c->text = d->texts[i];
			c->len = strlen(d->texts[i]);
		}
	}
	if (d->as_column)
		d->cells[n] = readable;
	return 1;
}

static int next_of_all(struct rows *rows, struct err *e)
{
	struct demangled_rows *d = (struct demangled_rows *)(void *)rows;
	int r = d->inner->next_of_all(d->inner, e);

	for (size_t i = 0; r == 1 && i < d->inner->ncolumns; i++) {
		if (d->columns[i].sum)
			d->cells[i] = d->inner->cells[i];
	}
	return r;
}

int demangled_rows_init(struct demangled_rows *d, struct rows *inner,
			bool as_column, struct err *e)
{
	size_t n = inner->ncolumns;

	*d = (struct demangled_rows){
		.rows = { .ncolumns = n + as_column,
			  .bar = inner->bar,
			  .next = next },
		.inner = inner,
		.columns = calloc(n + 1, sizeof(*d->columns)),
		.cells = calloc(n + 1, sizeof(*d->cells)),
		.texts = calloc(n + 1, sizeof(*d->texts)),
		.as_column = as_column,
	};
	if (inner->next_of_all)
		d->rows.next_of_all = next_of_all;
	if (!d->columns || !d->cells || !d->texts) {
		demangled_rows_release(d);
		return err_nomem(e);
	}
	if (n)
		memcpy(d->columns, inner->columns, n * sizeof(*d->columns));
	d->columns[n] = (struct column){
		.name = "demangled",
		.help = "the row's first name of C++ or Rust, readable",
		.unit = UNIT_TEXT,
	};
	d->rows.columns = d->columns;
	d->rows.cells = d->cells;
	return 0;
}

void demangled_rows_release(struct demangled_rows *d)
{
	if (d->texts)
		drop_texts(d);
	free(d->texts);
	free(d->columns);
	free(d->cells);
	*d = (struct demangled_rows){ .inner = NULL };
}
