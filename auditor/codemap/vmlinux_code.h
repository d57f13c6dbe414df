/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a build keeps of the code of vmlinux: the executable sections that
 * the layout places, and the symbols that no member explains.
 */
#ifndef CODEMAP_VMLINUX_CODE_H
#define CODEMAP_VMLINUX_CODE_H

#include "codemap/blob.h"
#include "model/layout.h"
#include "model/object.h"
#include "support/err.h"

/* Both by address. */
struct vmlinux_code {
	struct blob_place *places;
	size_t nplaces;
	const struct obj_symbol **symbols; /* inside vmlinux's record */
	size_t nsymbols;
};

/*
 * members: by place in the image's member list, NULL where one has no
 * record; the layout's inputs are the others.  A place where the layout is
 * wrong, because functions of the section are not there, is left out.
 * Without places there are no symbols.  -ERR_NOMEM; the caller releases
 * *ret.
 */
int vmlinux_code_collect(const struct object_record *vmlinux,
			 const struct layout *layout,
			 const struct object_record *const *members,
			 size_t nmembers, struct vmlinux_code *ret,
			 struct err *e);
void vmlinux_code_release(struct vmlinux_code *c);

#endif
