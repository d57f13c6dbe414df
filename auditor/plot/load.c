/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/load.h"

#include "support/module.h"

int plot_room_load(const struct plot_room **ret, struct err *e)
{
	const void *room;
	int r = module_load("plot", &room, e);

	if (r == 0)
		*ret = room;
	return r;
}
