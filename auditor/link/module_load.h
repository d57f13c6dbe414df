/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a module takes in memory, by the rules of the kernel's module loader:
 * sections by kind, each kind from a page of its own where permissions are
 * strict, and what kallsyms keeps of the symbol table at the end of the data.
 * From 6.4 on each kind is an allocation of its own.
 */
#ifndef LINK_MODULE_LOAD_H
#define LINK_MODULE_LOAD_H

#include "link/module_rules.h"
#include "model/module_load.h"
#include "model/object.h"

/* record: of a .ko, read with ELF_WANT_SYMTAB.  known is false where it is
 * none: without a module structure nothing would load it. */
struct module_load module_load_compute(const struct module_rules *rules,
				       const struct object_record *record);

#endif
