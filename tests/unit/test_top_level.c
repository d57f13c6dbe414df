/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of a screen, what keys do with them, and the lines they become.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "render/bar.h"
#include "render/escape.h"
#include "top/browser.h"
#include "top/draw.h"
#include "top/level_query.h"

static void add(struct top_level *l, const char *name, int64_t a, int64_t b)
{
	struct top_row row = { .key = name,
			       .name = name,
			       .value = { a, b },
			       .none = { false, false, true, true, true } };
	struct err e;

	assert_int_equal(level_add(l, &row, &e), 0);
}

static void sample(struct top_level *l)
{
	struct err e;

	add(l, "mm", 30, 1);
	add(l, "fs", 10, 5);
	add(l, "Net", 20, 5);
	add(l, "fs-x", 10, 9);
	assert_int_equal(level_arrange(l, &e), 0);
}

static void assert_order(const struct top_level *l, const char *expected)
{
	char text[100] = "";

	for (size_t i = 0; i < l->nshown; i++) {
		strcat(text, l->rows[l->shown[i]].name);
		strcat(text, " ");
	}
	assert_string_equal(text, expected);
}

static void test_sort(void **state)
{
	struct top_level l = { .n = 0 };
	struct err e;

	(void)state;
	sample(&l);
	/* Equal ones stay in the report's order. */
	assert_order(&l, "mm Net fs fs-x ");
	level_move(&l, 2, 2);
	assert_string_equal(level_current(&l)->name, "fs");
	l.sort = (struct top_sort){ .by = 1 };
	assert_int_equal(level_arrange(&l, &e), 0);
	assert_order(&l, "fs-x fs Net mm ");
	/* The cursor stays on its row. */
	assert_string_equal(level_current(&l)->name, "fs");
	l.sort.ascending = true;
	level_arrange(&l, &e);
	assert_order(&l, "mm fs Net fs-x ");
	l.sort.by = -1;
	level_arrange(&l, &e);
	assert_order(&l, "Net fs fs-x mm ");
	/* Where there is no number at all. */
	l.sort = (struct top_sort){ .by = 4 };
	level_arrange(&l, &e);
	assert_order(&l, "mm fs Net fs-x ");
	level_release(&l);
}

static void test_filter_and_sum(void **state)
{
	struct top_level l = { .n = 0 };
	struct err e;
	int64_t sum = -1;

	(void)state;
	sample(&l);
	assert_true(level_sum(&l, 0, &sum));
	assert_int_equal(sum, 70);
	strcpy(l.filter, "FS");
	level_arrange(&l, &e);
	assert_order(&l, "fs fs-x ");
	assert_true(level_sum(&l, 1, &sum));
	assert_int_equal(sum, 14);
	strcpy(l.filter, "none of them");
	level_arrange(&l, &e);
	assert_int_equal(l.nshown, 0);
	assert_null(level_current(&l));
	level_move(&l, 1, 3);
	level_move(&l, -1, 3);
	assert_false(level_search(&l, "fs", false, 3));
	l.filter[0] = '\0';
	add(&l, "huge", INT64_MAX, 0);
	level_arrange(&l, &e);
	assert_false(level_sum(&l, 0, &sum));
	level_release(&l);
}

static void test_move(void **state)
{
	struct top_level l = { .n = 0 };

	(void)state;
	sample(&l);
	level_move(&l, -5, 2);
	assert_int_equal(l.cursor, 0);
	level_move(&l, 3, 2);
	assert_int_equal(l.cursor, 3);
	assert_int_equal(l.first, 2);
	level_move(&l, 100, 2);
	assert_int_equal(l.cursor, 3);
	/* A screen that grows has no empty lines while there are rows. */
	level_fit(&l, 3);
	assert_int_equal(l.first, 1);
	level_fit(&l, 40);
	assert_int_equal(l.first, 0);
	assert_true(level_search(&l, "FS", false, 2));
	assert_string_equal(level_current(&l)->name, "fs-x");
	assert_true(level_search(&l, "fs", true, 2));
	assert_string_equal(level_current(&l)->name, "fs");
	level_go_to(&l, "Net", 2);
	assert_string_equal(level_current(&l)->name, "Net");
	level_release(&l);
}

/* ---- a browser of a made-up tree ---- */

static int fake_open(void *ctx, size_t view, const char *branch,
		     const struct top_sort *sort, struct top_level *ret,
		     struct err *e)
{
	int *opened = ctx;

	++*opened;
	ret->branch = strdup(branch);
	ret->sort = *sort;
	if (view == TOP_CHANGE)
		return err_set(e, ERR_USAGE, "no base");
	if (strcmp(branch, "") == 0) {
		add(ret, "fs", 100, 7);
		add(ret, "mm", 300, 3);
	} else if (strcmp(branch, "fs") == 0) {
		add(ret, "fs/a\x1b[31m.o", 60, 2);
		add(ret, "fs/b.o", 40, 5);
	} else if (strcmp(branch, "fs/b.o") == 0 && view == TOP_STATIC) {
		ret->leaves = true;
		add(ret, "vfs_open", 40, 40);
	}
	return level_arrange(ret, e);
}

static int fake_words(void *ctx, size_t view, const struct top_level *l,
		      struct buffer *ret, struct err *e)
{
	(void)ctx;
	(void)view;
	(void)e;
	buffer_printf(ret, "kmemdb query of '%s'\n", l->branch);
	return 0;
}

static int fake_place(void *ctx, size_t view, const struct top_row *row,
		      struct top_place *ret, struct err *e)
{
	(void)ctx;
	(void)view;
	if (strcmp(row->key, "vfs_open") != 0)
		return err_set(e, ERR_USAGE, "no line");
	snprintf(ret->file, sizeof(ret->file), "/src/fs/b.c");
	ret->line = 42;
	return 0;
}

static void press(struct browser *b, const char *keys)
{
	for (; *keys; keys++)
		assert_int_equal(browser_key(b, *keys == '>' ? TOP_KEY_ENTER
						: *keys == '<'
							? TOP_KEY_LEFT
							: (uint32_t)*keys),
				 TOP_GO_ON);
}

static void assert_at(const struct browser *b, const char *branch,
		      const char *row)
{
	const struct top_level *l = browser_level(b);

	assert_string_equal(l->branch, branch);
	assert_string_equal(level_current(l)->key, row);
}

static void test_browse(void **state)
{
	int opened = 0;
	const struct browser_source source = { &opened, fake_open, fake_words,
					       fake_place };
	struct browser b;
	struct err e;

	(void)state;
	assert_int_equal(browser_begin(&source, TOP_STATIC, "", &b, &e), 0);
	browser_resize(&b, 5);
	assert_at(&b, "", "mm");
	press(&b, "/F");
	assert_int_equal(browser_key(&b, TOP_KEY_BACKSPACE), TOP_GO_ON);
	press(&b, "fs>");
	assert_at(&b, "", "fs");
	press(&b, ">j>");
	assert_at(&b, "fs/b.o", "vfs_open");
	assert_int_equal(opened, 3);
	press(&b, ">");
	assert_string_not_equal(b.message, "");
	assert_int_equal(browser_key(&b, 'e'), TOP_EDIT);
	assert_int_equal(b.edit.line, 42);
	/* The object has no rows in the other view: its directory has. */
	press(&b, "2");
	assert_int_equal(b.view, TOP_LIVE);
	assert_string_equal(browser_level(&b)->branch, "fs");
	/* What cannot be shown leaves all as it was. */
	press(&b, "5");
	assert_int_equal(b.view, TOP_LIVE);
	assert_string_equal(b.message, "no base");
	assert_string_equal(browser_level(&b)->branch, "fs");
	/* Out of where nobody descended into. */
	press(&b, "<");
	assert_at(&b, "", "fs");
	press(&b, "<");
	assert_at(&b, "", "fs");
	press(&b, "fMM>");
	assert_at(&b, "", "mm");
	press(&b, "m");
	assert_string_equal(b.mark, "mm");
	assert_int_equal(b.mark_value, 300);
	press(&b, "f>kkc x");
	buffer_char(&b.queries, '\0');
	assert_string_equal(b.queries.at, "kmemdb query of ''\n");
	press(&b, "1");
	assert_null(b.mark);
	assert_int_equal(browser_key(&b, 'q'), TOP_QUIT);
	browser_release(&b);
}

static void test_typed_utf8(void **state)
{
	int opened = 0;
	const struct browser_source source = { &opened, fake_open, fake_words,
					       fake_place };
	struct browser b;
	struct err e;

	(void)state;
	assert_int_equal(browser_begin(&source, TOP_STATIC, "", &b, &e), 0);
	press(&b, "/a");
	browser_key(&b, 0xe4);
	browser_key(&b, 0x20ac);
	browser_key(&b, 0x1f600);
	assert_string_equal(b.input, "aä€😀");
	browser_key(&b, TOP_KEY_BACKSPACE);
	browser_key(&b, TOP_KEY_BACKSPACE);
	assert_string_equal(b.input, "aä");
	for (int i = 0; i < 3 * TOP_TEXT_MAX; i++)
		browser_key(&b, 0x20ac);
	assert_true(strlen(b.input) < TOP_TEXT_MAX);
	browser_key(&b, TOP_KEY_ESCAPE);
	assert_string_equal(b.search, "");
	browser_release(&b);
}

/* Every line of every size fits, and no byte of a name is a command. */
static void test_draw(void **state)
{
	int opened = 0;
	const struct browser_source source = { &opened, fake_open, fake_words,
					       fake_place };
	struct buffer line = BUFFER_INIT;
	struct browser b;
	struct err e;

	(void)state;
	assert_int_equal(browser_begin(&source, TOP_STATIC, "fs", &b, &e), 0);
	for (size_t height = TOP_HEIGHT_MIN; height < 30; height++) {
		for (size_t width = TOP_WIDTH_MIN; width < 130; width++) {
			static const char keys[] = "mm?xcx/";

			browser_resize(&b, draw_page(height));
			browser_key(&b, (uint32_t)keys[width % 7]);
			for (size_t y = 0; y < height; y++) {
				buffer_clear(&line);
				draw_line(&b, y, width, height, width % 2,
					  &line);
				assert_true(text_width(line.at, line.len) <=
					    width);
				assert_null(memchr(line.at, '\x1b', line.len));
			}
			browser_key(&b, TOP_KEY_ESCAPE);
		}
	}
	b.mode = TOP_BROWSE;
	free(b.mark);
	b.mark = NULL;
	browser_resize(&b, 6);
	buffer_clear(&line);
	assert_int_equal(draw_line(&b, 2, 40, 10, false, &line), TOP_REVERSE);
	buffer_char(&line, '\0');
	assert_string_equal(line.at, "       60 ##########  fs/a\\x1b[31m.o");
	buffer_clear(&line);
	draw_line(&b, 3, 40, 10, false, &line);
	buffer_char(&line, '\0');
	assert_string_equal(line.at, "       40 #######     fs/b.o");
	buffer_release(&line);
	browser_release(&b);
}

static void assert_bar(double part, size_t width, bool blocks,
		       const char *expected)
{
	struct buffer b = BUFFER_INIT;

	bar_add(&b, part, width, blocks, false);
	buffer_char(&b, '\0');
	assert_string_equal(b.at, expected);
	buffer_release(&b);
}

static void test_bar(void **state)
{
	(void)state;
	assert_bar(0, 4, true, "");
	assert_bar(1, 4, true, "████");
	assert_bar(7, 2, true, "██");
	assert_bar(0.5, 1, true, "▌");
	assert_bar(1 / 8.0 + 1, 2, true, "██");
	assert_bar(9 / 16.0, 2, true, "█▏");
	assert_bar(1e-9, 4, true, "▏");
	assert_bar(1e-9, 4, false, "#");
	assert_bar(-1, 4, false, "");
	assert_bar(0.0 / 0.0, 4, false, "");
}

/* The commands that give the same rows, for a shell. */
static void test_query(void **state)
{
	const char *given[PARAM_COUNT] = { [PARAM_BUILD] = "3",
					   [PARAM_TRACE] = "2",
					   [PARAM_MALLOC] = "1",
					   [PARAM_DEPTH] = "1" };
	char branch[] = "fs/it's";
	struct top_level l = { .branch = branch, .filter = "x y" };
	struct buffer b = BUFFER_INIT;

	(void)state;
	level_query(TOP_LIVE, given, "my k.db", &l, &b);
	buffer_char(&b, '\0');
	assert_string_equal(
		b.at,
		"kmemdb query dynamic --db='my k.db' --build=3 --trace=2 --depth=1 --malloc --branch='fs/it'\\''s' --order-by=live_bytes:desc --limit=0 --format=tsv | TEXT='x y' awk -F'\\t' 'NR == 1 || index(tolower(substr($1, 9)), tolower(ENVIRON[\"TEXT\"]))'\n");
	buffer_clear(&b);
	given[PARAM_BASE] = "1";
	l.filter[0] = '\0';
	l.leaves = true;
	l.sort = (struct top_sort){ .by = -1, .ascending = true };
	level_query(TOP_CHANGE, given, NULL, &l, &b);
	buffer_char(&b, '\0');
	assert_string_equal(
		b.at,
		"kmemdb diff 1 3 --by=symbol --branch='fs/it'\\''s' --order-by=symbol:asc --limit=0 --format=tsv\n");
	buffer_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sort),
		cmocka_unit_test(test_filter_and_sum),
		cmocka_unit_test(test_move),
		cmocka_unit_test(test_browse),
		cmocka_unit_test(test_typed_utf8),
		cmocka_unit_test(test_draw),
		cmocka_unit_test(test_bar),
		cmocka_unit_test(test_query),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
