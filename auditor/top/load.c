/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "top/load.h"

#include "support/module.h"

int top_room_load(const struct top_room **ret, struct err *e)
{
	const void *room;
	int r = module_load("top", &room, e);

	if (r == 0)
		*ret = room;
	return r;
}
