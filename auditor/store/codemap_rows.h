/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of a build's code: reading them back, when its tree may be long
 * gone, for the call sites of a trace to be looked up in.  store/audit.h has
 * the writing.
 */
#ifndef STORE_CODEMAP_ROWS_H
#define STORE_CODEMAP_ROWS_H

#include "store/audit.h"
#include "model/symbol_map.h"
#include "store/store.h"
#include "support/err.h"

/*
 * The code of vmlinux and of every module of a build.  vmlinux is placed
 * where the audit knew its layout; a module where laying the code of its
 * parts out as `ld -r` does gives the sizes that its .ko has.  What an older
 * kmemdb stored lacks layouts and returns: such images are not placed, and
 * such places know no returns.
 *
 * ERR_DB; ERR_NOMEM.  The caller releases *ret.
 */
int store_map_load(struct store *s, int64_t build, struct symbol_map *ret,
		   struct err *e);

/* Where the code of vmlinux is (table image_map), nothing where the layout
 * places none.  members: by place in the image's member list, NULL where one has
 * no record; the layout's inputs are the others. */
int store_image_map(struct store *s, int64_t image,
		    const struct object_record *vmlinux,
		    const struct layout *layout,
		    const struct object_record *const *members, size_t nmembers,
		    struct err *e);

#endif
