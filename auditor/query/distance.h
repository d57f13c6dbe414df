/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How far a word is from another: for messages that suggest the nearest.
 */
#ifndef QUERY_DISTANCE_H
#define QUERY_DISTANCE_H

#include <stddef.h>

/* Of longer words only so many bytes are compared. */
#define DISTANCE_MAX 255

/* Bytes to insert, remove or replace to make one word the other. */
size_t edit_distance(const char *a, size_t alen, const char *b, size_t blen);

#endif
