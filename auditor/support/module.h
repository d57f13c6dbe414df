/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What brings a heavy library is a shared object of its own, kmemdb-NAME.so,
 * loaded by the commands that need it: the start of the others does not pay
 * for it, and they work where the library is missing.
 *
 * A module lies in the program's own folder (a build) or in
 * $prefix/lib/kmemdb (make install), and exports one table of functions
 * named kmemdb_module_NAME.  A program may also be linked with it (tests).
 */
#ifndef SUPPORT_MODULE_H
#define SUPPORT_MODULE_H

#include "support/err.h"

/* *ret_table is good until the program ends; a second call is cheap.  ERR_IO
 * where the module, or a library it needs, is not there. */
int module_load(const char *name, const void **ret_table, struct err *e);

#endif
