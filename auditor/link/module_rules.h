/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the release and the configuration of a kernel say of its loader of
 * modules.
 */
#ifndef LINK_MODULE_RULES_H
#define LINK_MODULE_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

#endif
