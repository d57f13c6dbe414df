/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a module takes in memory, by the rules of the kernel's module loader:
 * sections by kind, each kind from a page of its own where permissions are
 * strict, and what kallsyms keeps of the symbol table at the end of the data.
 * From 6.4 on each kind is an allocation of its own.
 */
#ifndef LINK_MODULE_LOAD_H
#define LINK_MODULE_LOAD_H

#include <stddef.h>

#include "model/module_load.h"
#include "model/object.h"

/* The loader of one kernel. */
struct module_rules {
	unsigned long release; /* 6.1.140: 6001140 */
	uint64_t page;	       /* 0: as the machine's always are */
	bool kallsyms, kallsyms_all;
	bool unload;	 /* .exit sections stay */
	bool aligned;	 /* each kind begins a page */
	bool data_apart; /* data in an allocation of its own, before 6.4 */
	bool alloc_tags; /* tags of allocations are loaded elsewhere */
	unsigned int doubts;
};

/* By the release as uname -r prints it, and the text of .config; each NULL
 * where not known. */
struct module_rules module_rules_of(const char *release, const char *config,
				    size_t config_len);

/* record: of a .ko, read with ELF_WANT_SYMTAB.  known is false where it is
 * none: without a module structure nothing would load it. */
struct module_load module_load_compute(const struct module_rules *rules,
				       const struct object_record *record);

#endif
