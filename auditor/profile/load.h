/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loads the module that has libprotobuf-c.
 */
#ifndef PROFILE_LOAD_H
#define PROFILE_LOAD_H

#include "profile/profile_room.h"

/* ERR_IO where the module, or a library of it, is not installed. */
int profile_room_load(const struct profile_room **ret, struct err *e);

#endif
