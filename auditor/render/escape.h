/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text of strangers made safe for where it goes.  Names of files and symbols
 * may hold any byte: escapes that talk to the terminal, newlines that forge
 * rows, letters that turn the reading direction round.
 */
#ifndef RENDER_ESCAPE_H
#define RENDER_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/buffer.h"

/* The bytes of the UTF-8 character at s, or 0 where it is none. */
size_t utf8_decode(const char *s, size_t len, uint32_t *ret);

/* For tables: what the locale cannot show, and what would not stay in its
 * place, becomes \xNN, byte by byte; a backslash becomes two where that could
 * be meant: a message's \n stays as it is in the source. */
void text_for_display(struct buffer *b, const char *s, size_t len);

/* For a terminal, where the bytes otherwise are to stay as they are: only
 * what would reach the terminal as a command becomes \xNN. */
void text_for_terminal(struct buffer *b, const char *s, size_t len);

/* For a cell of a Markdown table. */
void text_for_markdown(struct buffer *b, const char *s, size_t len);

/* For JSON, with its quotes: always valid UTF-8; what was not is U+FFFD. */
void text_for_json(struct buffer *b, const char *s, size_t len);

/* The character at s[0..len), as XML has it in texts and attributes: an entity,
 * the character itself, or '?' for what XML cannot hold. */
struct xml_char {
	const char *text;
	size_t len;
	size_t taken; /* bytes of s */
};
struct xml_char xml_char(const char *s, size_t len);

/* Columns of a terminal that text_for_display's output takes. */
size_t text_width(const char *s, size_t len);

/* Leaves the middle out where it is wider than width: "fs/ex...ode.o". */
void text_shorten(struct buffer *b, const char *s, size_t len, size_t width);

/* Adds as many words of *s as fit into width, and moves *s to what is left of
 * it, "" where nothing is; a word that is wider is broken. */
void text_wrap(struct buffer *b, const char **s, size_t width);

#endif
