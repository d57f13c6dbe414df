/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loading the room's module (support/module.h).
 */
#ifndef PLOT_LOAD_H
#define PLOT_LOAD_H

#include "plot/plot_room.h"

/* Loads the module, once: the same pointer again later.  ERR_IO where it, or a
 * library of it, is missing. */
int plot_room_load(const struct plot_room **ret, struct err *e);

#endif
