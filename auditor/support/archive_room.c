/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/archive_room.h"
#include "support/module.h"

int archive_room_load(const struct archive_room **ret, struct err *e)
{
	const void *room;
	int r = module_load("archive", &room, e);

	if (r == 0)
		*ret = room;
	return r;
}
