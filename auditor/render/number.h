/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers as people and as programs read them.
 */
#ifndef RENDER_NUMBER_H
#define RENDER_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "query/rows.h"
#include "render/buffer.h"

/* A number that a program can read back exactly. */
void number_exact(struct buffer *b, const struct cell *c);

/*
 * A number as a table shows it, by its unit: bytes of 10,000 and more as
 * 9.8K, 1.2M (powers of 1024, rounded to the nearest tenth), ns in seconds,
 * dates in UTC.  With exact, bytes and ns stay as they are.
 */
void number_for_table(struct buffer *b, const struct cell *c,
		      enum column_unit unit, bool exact);

#endif
