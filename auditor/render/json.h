/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * JSON: an array of one object a row.  Private to render/.
 */
#ifndef RENDER_JSON_H
#define RENDER_JSON_H

#include "render/writer.h"

extern const struct writer_ops json_ops;
/* An object a line and nothing else; where there are several tables, its first
 * key is "table". */
extern const struct writer_ops jsonl_ops;

#endif
