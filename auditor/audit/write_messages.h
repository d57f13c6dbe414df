/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The messages of the objects, from the search (audit/messages.h) to the
 * database.  Private to audit/.
 */
#ifndef AUDIT_WRITE_MESSAGES_H
#define AUDIT_WRITE_MESSAGES_H

#include "audit/write.h"

/* Before writer_build, after the layout, which says what is in vmlinux.  Adds
 * remarks to the tree. */
int writer_messages(struct writer *w, struct audit_input *in,
		    const struct measured *m, const struct laid_out *l,
		    size_t *ret_findings, struct err *e);

#endif
