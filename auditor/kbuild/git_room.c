/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/git_room.h"
#include "support/module.h"

int git_room_load(const struct git_room **ret, struct err *e)
{
	const void *room;
	int r = module_load("git", &room, e);

	if (r == 0)
		*ret = room;
	return r;
}
