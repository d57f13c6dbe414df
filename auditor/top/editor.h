/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * $VISUAL or $EDITOR, else vi, with a file at a line.
 */
#ifndef TOP_EDITOR_H
#define TOP_EDITOR_H

#include "support/err.h"
#include "top/browser.h"

/* Waits for its end.  No shell: the variable's words are divided at blanks,
 * and "+LINE" and the file follow.  ERR_IO where it cannot be started. */
int editor_run(const struct top_place *place, struct err *e);

#endif
