/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines and words of a linker's map.  Private to link/.
 */
#ifndef LINK_MAP_LINE_H
#define LINK_MAP_LINE_H

#include <stdbool.h>
#include <stdint.h>
#include "link/script/token.h"

/* The next line, without its end; false at the end of the text. */
bool linkmap_line(struct script_text *text, struct script_text *ret_line);
struct token linkmap_word(struct script_text *line);
/* The rest of the line without the spaces around it. */
struct token linkmap_rest(struct script_text *line);
/* A hexadecimal number of up to 64 bits, with or without 0x. */
bool linkmap_hex(struct token word, uint64_t *ret);

#endif
