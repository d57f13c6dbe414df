/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The formats of kmemdb export that are no database.
 */
#ifndef CMD_EXPORT_PROFILE_H
#define CMD_EXPORT_PROFILE_H

#include "cli/args.h"
#include "support/err.h"

/* format is a value of --format besides db.  An exit code, or an error. */
int cmd_export_profile(const struct args *a, const char *format, struct err *e);

/* ERR_USAGE where an option is given that only these formats take. */
int cmd_export_check_db(const struct args *a, struct err *e);

#endif
