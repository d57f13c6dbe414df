/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/report.h"

#include <stdlib.h>
#include <string.h>

#include "support/grow.h"

/* A piece of the report's text. */
struct span {
	const char *at;
	size_t len;
};

/* The head being read: one entry at a time, its lines joined by blanks. */
struct head {
	struct report *report;
	size_t line;	 /* of the entry, for messages */
	const char *key; /* "" before the first */
	const char *value;
	size_t params_room, columns_room;
	struct err *e;
};

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static struct span trim(struct span s)
{
	while (s.len && blank(s.at[0])) {
		s.at++;
		s.len--;
	}
	while (s.len && blank(s.at[s.len - 1]))
		s.len--;
	return s;
}

/* Cuts the first word off *s. */
static struct span next_word(struct span *s)
{
	struct span word = trim(*s);
	size_t n = 0;

	while (n < word.len && !blank(word.at[n]))
		n++;
	*s = trim((struct span){ word.at + n, word.len - n });
	word.len = n;
	return word;
}

static bool span_is(struct span s, const char *text)
{
	return strlen(text) == s.len && memcmp(s.at, text, s.len) == 0;
}

/* %s of a span: bounded, for err_set. */
#define SPAN_ARG(s) (int)((s).len < 80 ? (s).len : 80), (s).at

static int add_param(struct head *h)
{
	struct report *r = h->report;
	struct span rest = { h->value, strlen(h->value) };
	struct span name = next_word(&rest);
	const char *equals = memchr(name.at, '=', name.len);
	struct report_param p = { .fallback = NULL };

	if (equals) {
		const char *value = equals + 1;
		const char *end = name.at + name.len;

		p.fallback = arena_strndup(&r->arena, value,
					   (size_t)(end - value));
		if (!p.fallback)
			return err_nomem(h->e);
		name.len = (size_t)(equals - name.at);
	}
	p.id = query_param_find(name.at, name.len);
	if (p.id == PARAM_COUNT)
		return err_set(
			h->e, ERR_FORMAT,
			"report '%s', line %zu: parameter '%.*s' is unknown",
			r->name, h->line, SPAN_ARG(name));
	p.help = arena_strndup(&r->arena, rest.at, rest.len);
	if (!p.help || grow_room((void **)&r->params, r->nparams,
				 &h->params_room, sizeof(p)))
		return err_nomem(h->e);
	r->params[r->nparams++] = p;
	return 0;
}

/* Takes the flag before *rest off, where there is one. */
static bool take_flag(struct span *rest, const char *flag)
{
	struct span after = *rest;

	if (!span_is(next_word(&after), flag))
		return false;
	*rest = after;
	return true;
}

/* "wide", or "wide=cpus". */
static int take_wide(struct head *h, struct span *rest, struct column *c)
{
	static const char wide[] = "wide=";
	const size_t len = sizeof(wide) - 1;
	struct span after = *rest, word = next_word(&after);

	c->wide = take_flag(rest, "wide");
	if (c->wide || word.len <= len || memcmp(word.at, wide, len) != 0)
		return 0;
	if (query_param_find(word.at + len, word.len - len) == PARAM_COUNT)
		return err_set(h->e, ERR_FORMAT,
			       "report '%s', line %zu: '%.*s' is no parameter",
			       h->report->name, h->line, SPAN_ARG(word));
	c->wide = true;
	c->shown_by = arena_strndup(&h->report->arena, word.at + len,
				    word.len - len);
	*rest = after;
	return c->shown_by ? 0 : err_nomem(h->e);
}

static int add_column(struct head *h)
{
	struct report *r = h->report;
	struct span rest = { h->value, strlen(h->value) };
	struct span name = next_word(&rest);
	struct span unit = next_word(&rest);
	struct column c = { .unit = column_unit_find(unit.at, unit.len) };
	int rc;

	if (!name.len || c.unit == UNIT_COUNT_ALL)
		return err_set(
			h->e, ERR_FORMAT,
			"report '%s', line %zu: '%.*s' is not a unit: use bytes, count, ns, date, percent, ratio, text or id",
			r->name, h->line, SPAN_ARG(unit));
	c.sum = take_flag(&rest, "sum");
	if (take_flag(&rest, "bar"))
		r->bar = r->ncolumns + 1;
	c.wrap = take_flag(&rest, "wrap");
	rc = take_wide(h, &rest, &c);
	if (rc)
		return rc;
	c.ascending = c.unit == UNIT_TEXT;
	if (take_flag(&rest, "asc") || take_flag(&rest, "default-asc"))
		c.ascending = true;
	else if (take_flag(&rest, "desc") || take_flag(&rest, "default-desc"))
		c.ascending = false;
	c.name = arena_strndup(&r->arena, name.at, name.len);
	c.help = arena_strndup(&r->arena, rest.at, rest.len);
	if (!c.name || !c.help ||
	    grow_room((void **)&r->columns, r->ncolumns, &h->columns_room,
		      sizeof(c)))
		return err_nomem(h->e);
	r->columns[r->ncolumns++] = c;
	return 0;
}

static int add_text(struct head *h)
{
	struct report *r = h->report;

	r->text = *r->text
			  ? arena_printf(&r->arena, "%s\n%s", r->text, h->value)
			  : h->value;
	return r->text ? 0 : err_nomem(h->e);
}

static int set_title(struct head *h)
{
	h->report->title = h->value;
	return 0;
}

static int set_order(struct head *h)
{
	h->report->order = h->value;
	return 0;
}

static int set_empty(struct head *h)
{
	h->report->empty = h->value;
	return 0;
}

static int set_footer(struct head *h)
{
	h->report->footer = h->value;
	return 0;
}

static int set_group(struct head *h)
{
	enum report_group group = report_group_find(h->value);

	if (group == REPORT_GROUP_COUNT)
		return err_set(
			h->e, ERR_FORMAT,
			"report '%s', line %zu: '%.40s' is no group: use static, dynamic, both or trust",
			h->report->name, h->line, h->value);
	h->report->group = group;
	return 0;
}

static int set_see(struct head *h)
{
	struct report *r = h->report;
	struct span rest = { h->value, strlen(h->value) };

	for (size_t i = 0; i < REPORT_SEE_MAX; i++) {
		struct span name = next_word(&rest);

		r->see[i] = arena_strndup(&r->arena, name.at, name.len);
		if (!r->see[i])
			return err_nomem(h->e);
	}
	if (*r->see[REPORT_SEE_MAX - 1] && !rest.len)
		return 0;
	return err_set(
		h->e, ERR_FORMAT,
		"report '%s', line %zu: see names the two reports to look at next",
		r->name, h->line);
}

static int set_sums(struct head *h)
{
	if (strcmp(h->value, "apart") != 0)
		return err_set(
			h->e, ERR_FORMAT,
			"report '%s': '%.40s' is not a way to sum: use apart",
			h->report->name, h->value);
	h->report->sums_apart = true;
	return 0;
}

static const struct key {
	const char *name;
	int (*apply)(struct head *h);
} keys[] = {
	{ "title", set_title },	  { "text", add_text },
	{ "group", set_group },	  { "see", set_see },
	{ "param", add_param },	  { "column", add_column },
	{ "order", set_order },	  { "empty", set_empty },
	{ "footer", set_footer }, { "sums", set_sums },
};

static const struct key *find_key(struct span word)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (span_is(word, keys[i].name))
			return &keys[i];
	}
	return NULL;
}

/* What was gathered goes into the report. */
static int end_entry(struct head *h)
{
	const char *name = h->key;

	h->key = "";
	if (!*name)
		return 0;
	return find_key((struct span){ name, strlen(name) })->apply(h);
}

static int continue_entry(struct head *h, struct span words)
{
	struct arena *a = &h->report->arena;

	if (!*h->key)
		return 0;
	h->value = *h->value ? arena_printf(a, "%s %.*s", h->value,
					    (int)words.len, words.at)
			     : arena_strndup(a, words.at, words.len);
	return h->value ? 0 : err_nomem(h->e);
}

/* One comment of the head, after its two dashes. */
static int read_comment(struct head *h, struct span comment, size_t line)
{
	struct span words = trim(comment);
	const char *colon = memchr(words.at, ':', words.len);
	const struct key *key = NULL;
	int rc;

	if (comment.len >= 3 && words.at - comment.at >= 3)
		return continue_entry(h, words);
	rc = end_entry(h);
	if (rc)
		return rc;
	if (colon) {
		struct span word = { words.at, (size_t)(colon - words.at) };

		key = find_key(word);
	}
	if (!key)
		return 0;
	words.len -= (size_t)(colon + 1 - words.at);
	words.at = colon + 1;
	words = trim(words);
	h->key = key->name;
	h->line = line;
	h->value = arena_strndup(&h->report->arena, words.at, words.len);
	return h->value ? 0 : err_nomem(h->e);
}

/* Reads the head's lines; the statement begins where they end. */
static int read_head(struct head *h, const char *text)
{
	for (size_t line = 1; *text; line++) {
		size_t len = strcspn(text, "\n");
		struct span s = trim((struct span){ text, len });
		int rc = 0;

		if (s.len >= 2 && memcmp(s.at, "--", 2) == 0)
			rc = read_comment(h,
					  (struct span){ s.at + 2, s.len - 2 },
					  line);
		else if (s.len)
			break;
		if (rc)
			return rc;
		text += len + (text[len] == '\n');
	}
	h->report->sql = arena_strdup(&h->report->arena, text);
	return h->report->sql ? end_entry(h) : err_nomem(h->e);
}

int report_parse(const char *name, const char *text, bool builtin,
		 struct report *ret, struct err *e)
{
	struct report r = { .title = "",
			    .text = "",
			    .order = "",
			    .empty = "",
			    .footer = "",
			    .builtin = builtin };
	struct head h = { .report = &r, .key = "", .value = "", .e = e };
	int rc;

	r.name = arena_strdup(&r.arena, name);
	rc = r.name ? read_head(&h, text) : err_nomem(h.e);
	if (rc) {
		report_release(&r);
		return rc;
	}
	*ret = r;
	return 0;
}

/* params and columns grow, so they are not in the arena. */
void report_release(struct report *r)
{
	free(r->params);
	free(r->columns);
	arena_release(&r->arena);
	*r = (struct report){ .name = NULL };
}

const struct report_param *report_find_param(const struct report *r,
					     enum query_param id)
{
	for (size_t i = 0; i < r->nparams; i++) {
		if (r->params[i].id == id)
			return &r->params[i];
	}
	return NULL;
}
