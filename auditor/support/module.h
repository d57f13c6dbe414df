/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rooms that bring a heavy library are shared objects of their own,
 * kmemdb-NAME.so, loaded by the commands that need them: the start of the
 * others does not pay for it, and they work where the library is missing.
 *
 * A module lies in the program's own folder (a build) or in
 * $prefix/lib/kmemdb (make install), and exports one table of functions
 * named kmemdb_module_NAME.
 */
#ifndef SUPPORT_MODULE_H
#define SUPPORT_MODULE_H

#include "support/err.h"

/* *ret_table is good until the program ends; a second call is cheap.  ERR_IO
 * where the module, or a library it needs, is not there. */
int module_load(const char *name, const void **ret_table, struct err *e);

#endif
