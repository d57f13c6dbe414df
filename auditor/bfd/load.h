/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loading the room bfd, which is a module (support/module.h).
 */
#ifndef BFD_LOAD_H
#define BFD_LOAD_H

#include "bfd/bfd_room.h"

/* Loads the room, once: the same pointer again later.  ERR_IO where the
 * module is missing; the message names the package to install. */
int bfd_room_load(const struct bfd_room **ret, struct err *e);

#endif
