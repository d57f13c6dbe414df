/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include <curses.h>

#include "top/module/terminal.h"
#include "top/top_room.h"

/* How long to wait for a key before signals are looked at. */
#define WAIT_MS 250
/* Readable without a key in it so many times: the terminal has gone. */
#define EMPTY_MAX 20

struct terminal {
	SCREEN *screen;
	int empty;
};

static int no_screen(struct err *e)
{
	const char *term = getenv("TERM");

	return err_set(
		e, ERR_USAGE,
		"a terminal of type '%.40s' cannot show a screen: set TERM, or use 'kmemdb query'",
		term ? term : "");
}

/* newterm ends nothing where it fails, as initscr does; and a terminal that
 * cannot place its cursor is refused before. */
static int open_terminal(struct terminal **ret, struct err *e)
{
	struct terminal *t;

	if (!terminal_has_screen())
		return no_screen(e);
	t = calloc(1, sizeof(*t));
	if (!t)
		return err_nomem(e);
	t->screen = newterm(NULL, stdout, stdin);
	if (!t->screen) {
		free(t);
		return no_screen(e);
	}
	set_term(t->screen);
	cbreak();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	set_escdelay(50);
	curs_set(0);
	timeout(WAIT_MS);
	*ret = t;
	return 0;
}

static void close_terminal(struct terminal *t)
{
	endwin();
	delscreen(t->screen);
	free(t);
}

static void size(struct terminal *t, size_t *ret_width, size_t *ret_height)
{
	(void)t;
	*ret_width = COLS > 0 ? (size_t)COLS : 0;
	*ret_height = LINES > 0 ? (size_t)LINES : 0;
}

static void clear_lines(struct terminal *t)
{
	(void)t;
	erase();
}

static void put(struct terminal *t, size_t y, enum top_look look,
		const char *text, size_t len)
{
	static const attr_t looks[] = { [TOP_PLAIN] = A_NORMAL,
					[TOP_BOLD] = A_BOLD,
					[TOP_REVERSE] = A_REVERSE };

	(void)t;
	attrset((int)looks[look]);
	if (look == TOP_REVERSE)
		mvhline((int)y, 0, ' ' | A_REVERSE, COLS);
	if (len)
		mvaddnstr((int)y, 0, text, (int)len);
	attrset(A_NORMAL);
}

static void show(struct terminal *t)
{
	(void)t;
	refresh();
}

static uint32_t special(wint_t key)
{
	static const struct {
		wint_t curses;
		uint32_t key;
	} keys[] = {
		{ KEY_UP, TOP_KEY_UP },
		{ KEY_DOWN, TOP_KEY_DOWN },
		{ KEY_LEFT, TOP_KEY_LEFT },
		{ KEY_RIGHT, TOP_KEY_RIGHT },
		{ KEY_PPAGE, TOP_KEY_PAGE_UP },
		{ KEY_NPAGE, TOP_KEY_PAGE_DOWN },
		{ KEY_HOME, TOP_KEY_HOME },
		{ KEY_END, TOP_KEY_END },
		{ KEY_ENTER, TOP_KEY_ENTER },
		{ KEY_BACKSPACE, TOP_KEY_BACKSPACE },
		{ KEY_DC, TOP_KEY_BACKSPACE },
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (keys[i].curses == key)
			return keys[i].key;
	return 0;
}

static uint32_t character(wint_t key)
{
	switch (key) {
	case '\r':
	case '\n':
		return TOP_KEY_ENTER;
	case 0x7f:
	case '\b':
		return TOP_KEY_BACKSPACE;
	case 0x1b:
		return TOP_KEY_ESCAPE;
	default:
		return key;
	}
}

static uint32_t read_key(struct terminal *t)
{
	struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };
	wint_t key = 0;
	int rc = get_wch(&key);

	if (rc != ERR) {
		t->empty = 0;
		return rc == KEY_CODE_YES ? special(key) : character(key);
	}
	/* At its end a terminal is readable for ever. */
	if (poll(&in, 1, 0) == 1)
		t->empty += in.revents & POLLIN ? 1 : EMPTY_MAX;
	return 0;
}

static bool gone(struct terminal *t)
{
	return t->empty >= EMPTY_MAX;
}

static void lend(struct terminal *t)
{
	(void)t;
	endwin();
	/* Whatever the other program leaves on the screen. */
	clearok(curscr, TRUE);
}

const struct top_room kmemdb_module_top = {
	open_terminal, close_terminal, size, clear_lines, put,
	show,	       read_key,       gone, lend,
};
