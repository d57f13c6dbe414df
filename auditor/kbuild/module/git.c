/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/git_room.h"
#include "kbuild/module/git_read.h"
#include "kbuild/module/git_trailers_read.h"
#include "kbuild/module/git_walk.h"

const struct git_room kmemdb_module_git = {
	.read = git_read,
	.walk = git_walk,
	.trailers = git_trailers_answer,
};
