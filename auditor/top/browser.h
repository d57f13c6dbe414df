/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a key does: the levels that were descended into, the view, what is
 * being typed.  Knows no terminal (keys come as numbers) and no database (rows
 * come through struct browser_source), so that tests can play both.
 */
#ifndef TOP_BROWSER_H
#define TOP_BROWSER_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/buffer.h"
#include "support/err.h"
#include "top/level.h"
#include "top/view.h"

/* Keys that are no characters: beyond Unicode. */
enum top_key {
	TOP_KEY_UP = 0x110000,
	TOP_KEY_DOWN,
	TOP_KEY_LEFT,
	TOP_KEY_RIGHT,
	TOP_KEY_PAGE_UP,
	TOP_KEY_PAGE_DOWN,
	TOP_KEY_HOME,
	TOP_KEY_END,
	TOP_KEY_ENTER,
	TOP_KEY_BACKSPACE,
	TOP_KEY_ESCAPE,
};

enum top_mode { TOP_BROWSE, TOP_SEARCH, TOP_FILTER, TOP_HELP, TOP_QUERY };
enum top_wish { TOP_GO_ON, TOP_QUIT, TOP_EDIT };

struct top_place {
	char file[PATH_MAX]; /* absolute */
	int64_t line;
};

struct browser_source {
	void *ctx;
	/* The rows of a branch, arranged; of an object its symbols or sites.
	 * The caller releases *ret, also after an error. */
	int (*open)(void *ctx, size_t view, const char *branch,
		    const struct top_sort *sort, struct top_level *ret,
		    struct err *e);
	/* Adds the commands that print the rows of the level, one a line. */
	int (*words)(void *ctx, size_t view, const struct top_level *l,
		     struct buffer *ret, struct err *e);
	/* ERR_USAGE says why there is none. */
	int (*place)(void *ctx, size_t view, const struct top_row *row,
		     struct top_place *ret, struct err *e);
};

struct browser {
	const struct browser_source *source;
	size_t view;
	struct top_level *levels;
	size_t depth, room;
	size_t page; /* lines for rows */
	enum top_mode mode;
	char input[TOP_TEXT_MAX]; /* being typed: UTF-8 */
	char search[TOP_TEXT_MAX];
	char *mark; /* the key of the marked row, or NULL */
	int64_t mark_value;
	char message[1024];
	struct buffer query;   /* of mode TOP_QUERY */
	struct buffer queries; /* all that were asked for */
	struct top_place edit; /* with TOP_EDIT */
};

/* Opens the view at a branch.  The caller releases *ret, also after an
 * error; the source must live as long. */
int browser_begin(const struct browser_source *source, size_t view,
		  const char *branch, struct browser *ret, struct err *e);
void browser_release(struct browser *b);

/* What fails is said in message, and nothing else changes. */
enum top_wish browser_key(struct browser *b, uint32_t key);

/* So many lines for rows from now on. */
void browser_resize(struct browser *b, size_t page);

struct top_level *browser_level(const struct browser *b);

#endif
