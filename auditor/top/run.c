/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "top/run.h"

#include <stdio.h>

#include "render/bar.h"
#include "top/draw.h"
#include "top/editor.h"
#include "top/load.h"

static void draw(const struct top_room *room, struct terminal *t,
		 struct browser *b, struct buffer *line)
{
	static const char small[] = "too small";
	size_t width, height;

	room->size(t, &width, &height);
	room->clear(t);
	if (height < TOP_HEIGHT_MIN || width < TOP_WIDTH_MIN) {
		room->put(t, 0, TOP_PLAIN, small,
			  width < sizeof(small) - 1 ? width
						    : sizeof(small) - 1);
		room->show(t);
		return;
	}
	browser_resize(b, draw_page(height));
	for (size_t y = 0; y < height; y++) {
		/* The last column of the last line would scroll. */
		size_t room_there = y + 1 == height ? width - 1 : width;
		enum top_look look;

		buffer_clear(line);
		look = draw_line(b, y, room_there, height, bar_blocks(), line);
		room->put(t, y, look, line->at, line->failed ? 0 : line->len);
	}
	room->show(t);
}

static void edit(const struct top_room *room, struct terminal *t,
		 struct browser *b)
{
	struct err e;

	room->lend(t);
	if (editor_run(&b->edit, &e) != 0)
		snprintf(b->message, sizeof(b->message), "%s", e.text);
}

int top_run(struct browser *b, const volatile sig_atomic_t *interrupted,
	    struct err *e)
{
	const struct top_room *room = NULL;
	enum top_wish wish = TOP_GO_ON;
	struct buffer line = BUFFER_INIT;
	struct terminal *t = NULL;
	int rc = top_room_load(&room, e);

	if (!rc)
		rc = room->open(&t, e);
	if (rc)
		return rc;
	while (wish != TOP_QUIT && !*interrupted && !room->gone(t)) {
		uint32_t key;

		draw(room, t, b, &line);
		key = room->read_key(t);
		wish = key ? browser_key(b, key) : TOP_GO_ON;
		if (wish == TOP_EDIT)
			edit(room, t, b);
	}
	room->close(t);
	buffer_release(&line);
	return 0;
}
