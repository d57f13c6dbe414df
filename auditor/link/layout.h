/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the objects of a final link and the linked image to the place of
 * every input section: read from the linker's map where there is one, else
 * by replaying the (preprocessed) linker script on the objects.
 */
#ifndef LINK_LAYOUT_H
#define LINK_LAYOUT_H

#include "link/job.h"

/*
 * Needs ELF_WANT_MERGE_CONTENT in the inputs for merged strings.  Inputs
 * and texts are borrowed for the call.  Never fails for odd scripts: what
 * it cannot read it says in remarks, places by symbols what it can, and
 * lets `unexplained` show the rest.  ERR_NOMEM only.  The caller releases
 * *ret.
 */
int link_layout_compute(const struct link_job *job, struct layout *ret,
			struct err *e);

#endif
