/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What /proc/kallsyms and /proc/modules of the running kernel tell a resolver.
 */
#ifndef SYMBOLS_KALLSYMS_H
#define SYMBOLS_KALLSYMS_H

#include "symbols/printed_site.h"

/*
 * The running kernel's /proc/kallsyms (or trace.dat's own list, or a
 * System.map): gives the KASLR offset, which modules were loaded, and where.
 * Lines are `address [type] name[ [module]]`; others are passed over and
 * counted.  Addresses all 0 (kptr_restrict) give nothing and are said so by
 * *ret_usable false.  text is not kept.
 */
int resolver_kallsyms(struct resolver *r, const char *text, size_t len,
		      bool *ret_usable, struct err *e);

/*
 * The text of /proc/modules: `name …` a line.  Where a site's text names no
 * module, only functions of these and of vmlinux are thought of; without
 * this call, and without a module in kallsyms, those of all modules.
 */
void resolver_modules(struct resolver *r, const char *text, size_t len);

#endif
