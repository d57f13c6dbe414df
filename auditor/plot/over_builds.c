/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/over_builds.h"

#include <stdlib.h>
#include <string.h>

#include "plot/chart.h"
#include "query/fetch.h"
#include "support/grow.h"

#define LINES_MAX 12
#define BRANCH_BYTES 4096

static const char *const sizes[] = { "total", "text",	  "data",
				     "bss",   "resident", "init" };
#define NSIZES (sizeof(sizes) / sizeof(*sizes))

struct build_row {
	const char *label;
	const char *arch;
	int64_t size[NSIZES];
};

struct history {
	struct figure *f;
	struct build_row *rows;
	size_t n, room;
	size_t others; /* builds of another architecture than the newest one's */
};

/* number, commit, arch and a size: two fetches, for a row has six columns. */
static int keep_build(void *ctx, const struct fetched *row, struct err *e)
{
	struct history *h = ctx;
	struct build_row *b;
	const char *commit = row->text[0] ? row->text[0] : "";

	if (grow_room((void **)&h->rows, h->n, &h->room, sizeof(*h->rows)))
		return err_nomem(e);
	b = &h->rows[h->n];
	*b = (struct build_row){ .label = figure_clean(h->f, commit,
						       strlen(commit)) };
	b->arch = figure_printf(h->f, "%s", row->text[1] ? row->text[1] : "");
	for (size_t i = 0; i < 4; i++)
		b->size[i] = row->number[2 + i];
	h->n++;
	return 0;
}

struct more {
	struct history *h;
	size_t at;
};

static int keep_more(void *ctx, const struct fetched *row, struct err *e)
{
	struct more *m = ctx;

	(void)e;
	if (m->at < m->h->n) {
		m->h->rows[m->at].size[4] = row->number[0];
		m->h->rows[m->at].size[5] = row->number[1];
	}
	m->at++;
	return 0;
}

/* Builds of the newest one's architecture. */
static void keep_like(struct history *h)
{
	const char *arch = h->n ? h->rows[h->n - 1].arch : "";
	size_t kept = 0;

	for (size_t i = 0; i < h->n; i++)
		if (strcmp(h->rows[i].arch, arch) == 0)
			h->rows[kept++] = h->rows[i];
	h->others = h->n - kept;
	h->n = kept;
}

static int read_branch(const struct plot *p, const char *branch,
		       struct history *ret, struct err *e)
{
	static const char *const first[] = { "commit", "arch", "total", "text",
					     "data",   "bss",  NULL };
	static const char *const second[] = { "resident", "init", NULL };
	struct fetch f = { .d = p->d,
			   .report = "history",
			   .columns = first,
			   .request = { .limit = -1 } };
	struct more more = { .h = ret };
	int rc;

	memcpy(f.request.given, p->request->given, sizeof(f.request.given));
	f.request.given[PARAM_BRANCH] = branch;
	rc = fetch_rows(&f, keep_build, ret, &p->f->arena, NULL, e);
	f.columns = second;
	if (!rc)
		rc = fetch_rows(&f, keep_more, &more, &p->f->arena, NULL, e);
	if (rc)
		return rc;
	keep_like(ret);
	for (size_t i = 0; i < ret->n; i++)
		if (ret->rows[i].size[0])
			return 0;
	return err_set(e, ERR_USAGE,
		       "no object in branch '%.200s' in any build",
		       branch ? branch : "");
}

static void release(struct history *h)
{
	free(h->rows);
	*h = (struct history){ .f = h->f };
}

static int add_line(const struct history *h, size_t size, const char *name,
		    struct ink colour, struct series *ret, struct err *e)
{
	int64_t *values = arena_calloc(&h->f->arena, h->n, sizeof(*values));

	if (h->n && !values)
		return err_nomem(e);
	for (size_t i = 0; i < h->n; i++)
		values[i] = h->rows[i].size[size];
	*ret = (struct series){ .name = name,
				.colour = colour,
				.values = values,
				.mark = h->n ? values[h->n - 1] : 0 };
	if (h->n > 1)
		ret->words = plot_change(h->f, values[h->n - 1] - values[0]);
	return 0;
}

/* Which size: --attr static is the total. */
static int find_size(const struct plot *p, size_t *ret, struct err *e)
{
	const char *attr = p->request->attr ? p->request->attr : "static";

	for (size_t i = 0; i < NSIZES; i++) {
		if (strcmp(attr, i ? sizes[i] : "static") == 0) {
			*ret = i;
			return 0;
		}
	}
	return err_set(
		e, ERR_USAGE,
		"--attr of a plot of kind 'history' is static, text, data, bss, resident or init, not '%.40s'",
		attr);
}

struct picture_lines {
	struct series list[LINES_MAX];
	size_t n;
	const char **labels;
	size_t nbuilds, others;
};

static int keep_labels(const struct history *h, struct picture_lines *l,
		       struct err *e)
{
	l->labels = arena_calloc(&h->f->arena, h->n, sizeof(*l->labels));
	if (h->n && !l->labels)
		return err_nomem(e);
	for (size_t i = 0; i < h->n; i++)
		l->labels[i] = h->rows[i].label;
	l->nbuilds = h->n;
	l->others = h->others;
	return 0;
}

/* One branch: its parts, in colours that are far apart. */
static int one_branch(const struct plot *p, struct picture_lines *l,
		      struct err *e)
{
	static const double hues[] = { 30, 255, 150, 305 };
	struct history h = { .f = p->f };
	int rc = read_branch(p, p->request->given[PARAM_BRANCH], &h, e);

	if (!rc)
		rc = keep_labels(&h, l, e);
	for (size_t i = 0; i < 4 && !rc; i++)
		rc = add_line(&h, i, i ? sizes[i] : "total",
			      ink_oklch(0.55 + 0.06 * (double)i, 0.13, hues[i]),
			      &l->list[l->n++], e);
	release(&h);
	return rc;
}

static int several(const struct plot *p, size_t size, struct picture_lines *l,
		   struct err *e)
{
	char words[BRANCH_BYTES], *rest = words, *branch;
	const char *given = p->request->given[PARAM_BRANCH];
	int rc = 0;

	given = given ? given : "";

	if (strlen(given) >= sizeof(words))
		return err_set(e, ERR_USAGE, "--branch is too long");
	memcpy(words, given, strlen(given) + 1);
	while (!rc && (branch = strsep(&rest, ","))) {
		struct history h = { .f = p->f };

		if (l->n == LINES_MAX)
			return err_set(e, ERR_USAGE,
				       "more than %d branches in one picture",
				       LINES_MAX);
		rc = read_branch(p, branch, &h, e);
		if (!rc && !l->n)
			rc = keep_labels(&h, l, e);
		if (!rc)
			rc = add_line(
				&h, size,
				figure_clean(p->f, branch, strlen(branch)),
				ink_of_path(branch, strlen(branch), p->f->dark),
				&l->list[l->n], e);
		l->n += rc == 0;
		release(&h);
	}
	return rc;
}

static void set_words(const struct plot *p, const struct picture_lines *l,
		      size_t size, struct page_words *words)
{
	const struct series *s = &l->list[0];
	int64_t first = l->nbuilds ? s->values[0] : 0;

	words->title = figure_printf(p->f, "Static memory along the history%s",
				     plot_branch_words(p));
	words->total = figure_printf(
		p->f, "%zu builds: %s from %s to %s (%s to %s), %s", l->nbuilds,
		s->name, figure_bytes(p->f, first), figure_bytes(p->f, s->mark),
		plot_exact(p, first), plot_exact(p, s->mark),
		l->n > 1 && size ? sizes[size] : "text + data + bss");
	if (l->others)
		words->note = figure_printf(
			p->f, "%zu builds of other architectures are not shown",
			l->others);
}

int plot_history(const struct plot *p, struct err *e)
{
	const char *branch = p->request->given[PARAM_BRANCH];
	struct page_words words = { .note = "" };
	struct picture_lines l = { .n = 0 };
	struct chart c = { .axis = AXIS_LABELS };
	struct box box;
	size_t size = 0;
	int rc = find_size(p, &size, e);

	if (!rc && (p->request->attr || (branch && strchr(branch, ','))))
		rc = several(p, size, &l, e);
	else if (!rc)
		rc = one_branch(p, &l, e);
	if (!rc)
		rc = plot_source(p, false, &words.source, e);
	if (rc)
		return rc;
	set_words(p, &l, size, &words);
	page_begin(p->f, &words, &box);
	c.labels = l.labels;
	c.nx = l.nbuilds;
	c.series = l.list;
	c.nseries = l.n;
	return draw_chart(p->f, box, &c, e);
}
