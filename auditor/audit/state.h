/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The fingerprint of all that an audit depends on, and what is racy.
 */
#ifndef AUDIT_STATE_H
#define AUDIT_STATE_H

#include "audit/steps.h"

/* The fingerprint of all that an audit depends on, and whether one of the
 * files is racy. */
int audit_state(const struct audit_input *in,
		unsigned char ret_state[AUDIT_STATE_LEN], bool *ret_racy,
		struct err *e);

/* True where a file was changed so near to the audit's start that another
 * change could leave the same stamp (the racy window that git's index
 * documents). */
bool audit_is_racy(int64_t started_ns, const struct file_stamp *stamp);

#endif
