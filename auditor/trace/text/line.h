/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a single line of a text trace says; text.c splits the lines.
 * Both return 0, or -1 as text_parser_feed does.
 */
#ifndef TRACE_TEXT_LINE_H
#define TRACE_TEXT_LINE_H

#include "trace/text/parsing.h"

/* One line without its newline.  With partial the input ended within it. */
int text_line(struct text_parser *t, const char *s, const char *end,
	      bool partial);

/* Settles a wrapped event that nothing continues. */
int text_settle(struct text_parser *t);

#endif
