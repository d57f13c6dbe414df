/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * JSON: an array of one object a row.  The writers are private to render/.
 */
#ifndef RENDER_JSON_H
#define RENDER_JSON_H

#include "render/writer.h"

/* A value as JSON has it; null for what is none, and for infinities. */
void json_cell(struct buffer *b, const struct cell *c);

extern const struct writer_ops json_ops;
/* An object a line and nothing else; where there are several tables, its first
 * key is "table". */
extern const struct writer_ops jsonl_ops;

#endif
