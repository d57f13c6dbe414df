/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What hash tables in memory are seeded with, so that nobody can write a
 * trace or an object whose names all fall into one slot.  Nothing that is
 * stored, printed or ordered may depend on it: fingerprints and ids of names
 * are hashed without a seed.
 */
#ifndef SUPPORT_SEED_H
#define SUPPORT_SEED_H

#include <stddef.h>

/* size random bytes into p. */
void seed_fill(void *p, size_t size);

#endif
