/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was built: .config, release, compiler, and the commit of the sources.
 */
#ifndef KBUILD_BUILD_INFO_H
#define KBUILD_BUILD_INFO_H

#include "model/build.h"
#include "support/err.h"

struct build_overrides {
	const char *label;  /* --label, or NULL */
	const char *commit; /* --commit, or NULL: ask the sources' git */
};

/*
 * root: the built tree.  What is missing stays NULL and is no error.  A HEAD
 * that is not what was built (the release says -g<commit>) and a git
 * repository that cannot be read are remarks.  ERR_IO, ERR_NOMEM.
 * The caller releases *ret with build_info_release.
 */
int build_info_read(const char *root, const struct build_overrides *overrides,
		    struct build_info *ret, struct err *e);

#endif
