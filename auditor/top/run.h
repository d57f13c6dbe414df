/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shows a browser on a terminal until the user ends it.
 */
#ifndef TOP_RUN_H
#define TOP_RUN_H

#include <signal.h>

#include "support/err.h"
#include "top/browser.h"

/*
 * Or until *interrupted is not 0, or the terminal has gone.  ERR_USAGE where
 * the terminal cannot show a screen, ERR_IO where the module that has ncurses
 * is not installed.
 */
int top_run(struct browser *b, const volatile sig_atomic_t *interrupted,
	    struct err *e);

#endif
