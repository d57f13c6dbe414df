/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What terminfo knows.  Apart from the rest, because <term.h> makes macros of
 * words such as "columns".
 */
#ifndef TOP_MODULE_TERMINAL_H
#define TOP_MODULE_TERMINAL_H

#include <stdbool.h>

/* Can the terminal of $TERM place its cursor and clear the screen? */
bool terminal_has_screen(void);

#endif
