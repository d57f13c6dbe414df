/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In which order the linker took members of archives and of directories'
 * lists.  Private to link/.
 */
#ifndef LINK_ARCHIVE_ORDER_H
#define LINK_ARCHIVE_ORDER_H

#include "link/archive_job.h"
#include "support/err.h"
#include "support/strmap.h"

/* Puts order[], indices of candidates that were all linked, into the order of
 * the image.  in_image: global names → address.  Fails with ERR_NOMEM alone. */
int archive_order(const struct link_candidate *c, const struct strmap *in_image,
		  uint32_t *order, size_t n, struct err *e);

#endif
