/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bfd/load.h"
#include "support/module.h"

int bfd_room_load(const struct bfd_room **ret, struct err *e)
{
	const void *room;
	int r = module_load("bfd", &room, e);

	if (r == 0)
		*ret = room;
	return r;
}
