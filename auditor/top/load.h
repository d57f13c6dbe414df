/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loads the module that has ncurses.
 */
#ifndef TOP_LOAD_H
#define TOP_LOAD_H

#include "top/top_room.h"

/* ERR_IO where the module, or ncurses, is not installed. */
int top_room_load(const struct top_room **ret, struct err *e);

#endif
