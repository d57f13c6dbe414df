/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/decode/load.h"
#include "support/module.h"

int decode_room_load(const struct decode_room **ret, struct err *e)
{
	const void *room;
	int r = module_load("code", &room, e);

	if (r == 0)
		*ret = room;
	return r;
}
