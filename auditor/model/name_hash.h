/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The number that the database gives to a text: this one, or the next that is
 * free where two texts meet.
 */
#ifndef MODEL_NAME_HASH_H
#define MODEL_NAME_HASH_H

#include <stddef.h>
#include <stdint.h>

/* 47 bits: SQLite stores such a number in six bytes, not eight. */
#define NAME_MASK (((int64_t)1 << 47) - 1)

int64_t name_hash(const char *text, size_t len);

#endif
