/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "top/browser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/grow.h"
#include "top/typing.h"

static const struct top_sort usual = { .by = 0 };

struct top_level *browser_level(const struct browser *b)
{
	return &b->levels[b->depth - 1];
}

static void say(struct browser *b, const char *words)
{
	snprintf(b->message, sizeof(b->message), "%s", words);
}

static void pop_all(struct browser *b)
{
	while (b->depth)
		level_release(&b->levels[--b->depth]);
}

static int push(struct browser *b, struct top_level *l, struct err *e)
{
	if (grow_room((void **)&b->levels, b->depth, &b->room,
		      sizeof(*b->levels)))
		return err_nomem(e);
	b->levels[b->depth++] = *l;
	level_fit(l, b->page);
	return 0;
}

static int open_level(struct browser *b, size_t view, const char *branch,
		      struct top_level *ret, struct err *e)
{
	int rc = b->source->open(b->source->ctx, view, branch, &usual, ret, e);

	if (rc)
		level_release(ret);
	return rc;
}

/* "fs" of "fs/ext4", "" of "fs". */
static void cut_last(char *path)
{
	char *slash = strrchr(path, '/');

	*(slash ? slash : path) = '\0';
}

/* In place of all levels: the view at the branch, or at the next directory
 * above that has rows. */
static int show(struct browser *b, size_t view, const char *branch,
		struct err *e)
{
	char *at = strdup(branch);
	struct top_level l = { .n = 0 };
	int rc = at ? 0 : err_nomem(e);

	while (!rc) {
		rc = open_level(b, view, at, &l, e);
		if (!*at || !(rc == -ERR_USAGE || (!rc && !l.n)))
			break;
		level_release(&l);
		cut_last(at);
		rc = 0;
	}
	free(at);
	if (rc)
		return rc;
	pop_all(b);
	b->view = view;
	rc = push(b, &l, e);
	if (rc)
		level_release(&l);
	return rc;
}

int browser_begin(const struct browser_source *source, size_t view,
		  const char *branch, struct browser *ret, struct err *e)
{
	struct top_level l = { .n = 0 };
	int rc;

	*ret = (struct browser){ .source = source,
				 .view = view,
				 .page = 1,
				 .query = BUFFER_INIT,
				 .queries = BUFFER_INIT };
	rc = open_level(ret, view, branch, &l, e);
	if (!rc)
		rc = push(ret, &l, e);
	return rc;
}

void browser_release(struct browser *b)
{
	pop_all(b);
	free(b->levels);
	free(b->mark);
	buffer_release(&b->query);
	buffer_release(&b->queries);
}

void browser_resize(struct browser *b, size_t page)
{
	b->page = page ? page : 1;
	if (b->depth)
		level_fit(browser_level(b), b->page);
}

static int descend(struct browser *b, struct err *e)
{
	const struct top_level *l = browser_level(b);
	const struct top_row *row = level_current(l);
	struct top_level below = { .n = 0 };
	int rc;

	if (!row)
		return 0;
	if (l->leaves)
		return say(b, "nothing is below a symbol or a call site"), 0;
	/* In parentheses is what belongs to no object. */
	if (row->key[0] == '(')
		return say(b, "that is no directory: it has no rows below"), 0;
	rc = open_level(b, b->view, row->key, &below, e);
	if (!rc && !below.n)
		say(b, "there are no rows below that one");
	if (!rc && below.n)
		rc = push(b, &below, e);
	else
		level_release(&below);
	return rc;
}

static int ascend(struct browser *b, struct err *e)
{
	struct top_level *l = browser_level(b);
	char *child;
	int rc = 0;

	if (b->depth > 1) {
		level_release(l);
		b->depth--;
		level_fit(browser_level(b), b->page);
		return 0;
	}
	if (!*l->branch)
		return say(b, "this is the whole tree"), 0;
	child = strdup(l->branch);
	if (!child)
		return err_nomem(e);
	cut_last(l->branch);
	rc = show(b, b->view, l->branch, e);
	if (!rc)
		level_go_to(browser_level(b), child, b->page);
	free(child);
	return rc;
}

static void forget_mark(struct browser *b)
{
	free(b->mark);
	b->mark = NULL;
}

static int change_view(struct browser *b, size_t view, struct err *e)
{
	int rc = show(b, view, browser_level(b)->branch, e);

	/* Numbers of two views mean different things. */
	if (!rc)
		forget_mark(b);
	return rc;
}

static int mark(struct browser *b, struct err *e)
{
	const struct top_row *row = level_current(browser_level(b));
	bool again = row && b->mark && strcmp(b->mark, row->key) == 0;

	forget_mark(b);
	if (!row || again)
		return 0;
	b->mark = strdup(row->key);
	b->mark_value = row->value[0];
	return b->mark ? 0 : err_nomem(e);
}

/* Where not all rows are here, those of the new order are others. */
static int sort_anew(struct browser *b, struct top_sort sort, struct err *e)
{
	struct top_level *l = browser_level(b), next = { .n = 0 };
	int rc;

	if (!l->truncated) {
		l->sort = sort;
		rc = level_arrange(l, e);
		level_fit(l, b->page);
		return rc;
	}
	rc = b->source->open(b->source->ctx, b->view, l->branch, &sort, &next,
			     e);
	if (!rc) {
		memcpy(next.filter, l->filter, sizeof(next.filter));
		rc = level_arrange(&next, e);
	}
	if (rc) {
		level_release(&next);
		return rc;
	}
	level_release(l);
	*l = next;
	return 0;
}

static int next_sort(struct browser *b, struct err *e)
{
	const struct top_level *l = browser_level(b);
	const struct top_head *heads = top_view_heads(b->view, l->leaves);
	struct top_sort sort = { .by = l->sort.by + 1 };

	if (sort.by >= TOP_VALUES || !heads[sort.by].name)
		sort = (struct top_sort){ .by = -1, .ascending = true };
	return sort_anew(b, sort, e);
}

static int reverse(struct browser *b, struct err *e)
{
	struct top_sort sort = browser_level(b)->sort;

	sort.ascending = !sort.ascending;
	return sort_anew(b, sort, e);
}

static int show_query(struct browser *b, struct err *e)
{
	int rc;

	buffer_clear(&b->query);
	rc = b->source->words(b->source->ctx, b->view, browser_level(b),
			      &b->query, e);
	buffer_add(&b->queries, b->query.at, b->query.len);
	if (!rc && (b->query.failed || b->queries.failed))
		rc = err_nomem(e);
	if (!rc)
		b->mode = TOP_QUERY;
	return rc;
}

static int edit(struct browser *b, enum top_wish *ret, struct err *e)
{
	const struct top_row *row = level_current(browser_level(b));
	int rc;

	if (!row)
		return 0;
	rc = b->source->place(b->source->ctx, b->view, row, &b->edit, e);
	if (!rc)
		*ret = TOP_EDIT;
	return rc;
}

static void search(struct browser *b, bool after)
{
	if (*b->search &&
	    !level_search(browser_level(b), b->search, after, b->page))
		say(b, "no row has that in its name");
}

static int finish_input(struct browser *b, struct err *e)
{
	struct top_level *l = browser_level(b);
	bool filter = b->mode == TOP_FILTER;
	int rc = 0;

	b->mode = TOP_BROWSE;
	memcpy(filter ? l->filter : b->search, b->input, sizeof(b->input));
	if (!filter)
		return search(b, false), 0;
	rc = level_arrange(l, e);
	level_fit(l, b->page);
	if (!rc && !l->nshown)
		say(b, "no row has that in its name: f and Enter show all");
	return rc;
}

static int input_key(struct browser *b, uint32_t key, struct err *e)
{
	switch (key) {
	case TOP_KEY_ENTER:
		return finish_input(b, e);
	case TOP_KEY_ESCAPE:
		b->mode = TOP_BROWSE;
		return 0;
	case TOP_KEY_BACKSPACE:
		typing_erase(b->input);
		return 0;
	default:
		typing_add(b->input, key);
		return 0;
	}
}

static void begin_input(struct browser *b, enum top_mode mode)
{
	b->mode = mode;
	b->input[0] = '\0';
}

/* Keys that move the cursor; false where it is none. */
static bool move_key(struct browser *b, uint32_t key)
{
	struct top_level *l = browser_level(b);
	long all = (long)l->nshown, page = (long)b->page;
	long by = key == TOP_KEY_UP || key == 'k'     ? -1
		  : key == TOP_KEY_DOWN || key == 'j' ? 1
		  : key == TOP_KEY_PAGE_UP	      ? -page
		  : key == TOP_KEY_PAGE_DOWN	      ? page
		  : key == TOP_KEY_HOME || key == 'g' ? -all
		  : key == TOP_KEY_END || key == 'G'  ? all
						      : 0;

	level_move(l, by, b->page);
	return by != 0;
}

static int browse_key(struct browser *b, uint32_t key, enum top_wish *ret,
		      struct err *e)
{
	if (move_key(b, key))
		return 0;
	if (key >= '1' && key < '1' + TOP_VIEWS)
		return change_view(b, key - '1', e);
	switch (key) {
	case TOP_KEY_ENTER:
	case TOP_KEY_RIGHT:
	case 'l':
		return descend(b, e);
	case TOP_KEY_LEFT:
	case TOP_KEY_BACKSPACE:
	case 'h':
		return ascend(b, e);
	case '\t':
		return change_view(b, (b->view + 1) % TOP_VIEWS, e);
	case 's':
		return next_sort(b, e);
	case 'r':
		return reverse(b, e);
	case '/':
		begin_input(b, TOP_SEARCH);
		return 0;
	case 'n':
		search(b, true);
		return 0;
	case 'f':
		begin_input(b, TOP_FILTER);
		return 0;
	case 'm':
		return mark(b, e);
	case 'c':
		return show_query(b, e);
	case 'e':
		return edit(b, ret, e);
	case '?':
		b->mode = TOP_HELP;
		return 0;
	case 'q':
		*ret = TOP_QUIT;
		return 0;
	default:
		return 0;
	}
}

enum top_wish browser_key(struct browser *b, uint32_t key)
{
	enum top_wish wish = TOP_GO_ON;
	struct err e = { .code = ERR_NONE };
	int rc = 0;

	b->message[0] = '\0';
	switch (b->mode) {
	case TOP_SEARCH:
	case TOP_FILTER:
		rc = input_key(b, key, &e);
		break;
	case TOP_HELP:
	case TOP_QUERY:
		b->mode = TOP_BROWSE;
		break;
	case TOP_BROWSE:
		rc = browse_key(b, key, &wish, &e);
		break;
	}
	if (rc)
		say(b, e.text);
	return wish;
}
