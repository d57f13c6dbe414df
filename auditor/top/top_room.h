/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What ncurses is asked: to show lines, and for keys.  It is a module of its
 * own (kmemdb-top.so), loaded by `kmemdb top` alone.
 */
#ifndef TOP_TOP_ROOM_H
#define TOP_TOP_ROOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/err.h"
#include "top/draw.h"

struct terminal;

struct top_room {
	/* ERR_USAGE where $TERM is no terminal that can show a screen.  The
	 * caller closes; the terminal is as before then. */
	int (*open)(struct terminal **ret, struct err *e);
	void (*close)(struct terminal *t);
	void (*size)(struct terminal *t, size_t *ret_width, size_t *ret_height);
	/* A screen: clear, put each line, show. */
	void (*clear)(struct terminal *t);
	void (*put)(struct terminal *t, size_t y, enum top_look look,
		    const char *text, size_t len);
	void (*show)(struct terminal *t);
	/* A character or an enum top_key; 0: none came for a moment, or one
	 * that means nothing here. */
	uint32_t (*read_key)(struct terminal *t);
	/* The terminal has gone. */
	bool (*gone)(struct terminal *t);
	/* The next show brings the screen back. */
	void (*lend)(struct terminal *t);
};

#endif
