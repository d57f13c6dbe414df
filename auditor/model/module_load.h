/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a module takes when it is loaded.  link/module_load.h computes it.
 */
#ifndef MODEL_MODULE_LOAD_H
#define MODEL_MODULE_LOAD_H

#include <stdbool.h>
#include <stdint.h>

/* Why it may not be exact; added up, stored: append, never reorder. */
enum module_load_doubt {
	LOAD_DOUBT_ARCH = 1, /* this architecture's loader adds veneers, GOT */
	LOAD_DOUBT_RELEASE = 2, /* not known: the newest rules were taken */
	LOAD_DOUBT_CONFIG = 4,	/* not known: options as most kernels have */
	LOAD_DOUBT_SYMBOLS = 8, /* the part for kallsyms is too much */
};

/* In bytes. */
struct module_load {
	bool known;
	uint64_t core;	  /* stays: what /proc/modules says when it is live */
	uint64_t init;	  /* freed when its init function has run */
	uint64_t content; /* of core: without padding between and in pages */
	uint64_t symbols; /* of content: symbols and names for kallsyms */
	uint64_t percpu;  /* in none of them: a copy for each CPU */
	uint64_t page;	  /* a page */
	unsigned int doubts; /* enum module_load_doubt */
};

#endif
