/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which two builds a check is of, and what is known of them.  Private to
 * check/.
 */
#ifndef CHECK_SIDES_H
#define CHECK_SIDES_H

#include "check/state.h"

/* Fills c->sides and what is said of the two. */
int sides_find(struct check *c, const char *build, const char *base,
	       bool no_base, struct err *e);

#endif
