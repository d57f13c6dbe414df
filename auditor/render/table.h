/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table for people, which fits the terminal.  Private to render/.
 */
#ifndef RENDER_TABLE_H
#define RENDER_TABLE_H

#include "render/writer.h"

extern const struct writer_ops table_ops;

#endif
