/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One audit: a built tree is measured, laid out and written to a database, in
 * one transaction.
 */
#ifndef AUDIT_AUDIT_H
#define AUDIT_AUDIT_H

#include "audit/options.h"

/*
 * Strings of options are borrowed for the call.  Objects that cannot be read
 * are counted in skipped and are no error.  ERR_IO or ERR_FORMAT where the
 * tree cannot be used, ERR_DB where the database cannot: it is as before
 * then.  The caller releases *ret.
 */
int audit_run(const struct audit_options *options, struct audit_result *ret,
	      struct err *e);
void audit_result_release(struct audit_result *r);

#endif
