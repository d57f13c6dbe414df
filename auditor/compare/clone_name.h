/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The name of the function that a clone was made of.  Pure text.
 *
 * GCC and clang give functions that they specialise, split or take out of
 * other units a suffix: foo.isra.0, foo.constprop.3, foo.part.0, foo.cold,
 * foo.llvm.1234567, foo.lto_priv.0.  They come and go with every change of
 * a function's callers; the function in the source stays the same.
 */
#ifndef COMPARE_CLONE_NAME_H
#define COMPARE_CLONE_NAME_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The length of name without its clone suffixes, all that there are
 * (foo.isra.0.cold: 3).  Never 0 for a name that is not empty.  A '#' in the
 * place of a counter (model/strip_counters.h) counts as one.
 */
size_t clone_base_length(const char *name);

/* Is it the cold part of a function?  It lies in a section of its own and is
 * compared with cold parts only. */
bool clone_is_cold(const char *name);

#endif
