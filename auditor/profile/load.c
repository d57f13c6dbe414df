/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "profile/load.h"

#include "support/module.h"

int profile_room_load(const struct profile_room **ret, struct err *e)
{
	const void *room;
	int r = module_load("profile", &room, e);

	if (r == 0)
		*ret = room;
	return r;
}
