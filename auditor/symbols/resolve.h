/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From what a trace prints of a call site to the object that holds the call.
 * Nothing is guessed: a name that several functions have is told apart by
 * the size that was printed with it and by where calls return to, and what
 * several could still be is ambiguous.
 *
 * A call site is a return address, so everything is looked up for the byte
 * before it: `next_function+0x0` means that the call was the last
 * instruction of the function before (Documentation of %pS says so, too).
 */
#ifndef SYMBOLS_RESOLVE_H
#define SYMBOLS_RESOLVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/name_numbers.h"
#include "model/site.h"
#include "model/symbol_map.h"
#include "support/err.h"

struct resolver;

/* Both are borrowed and must outlive the resolver. */
int resolver_new(const struct symbol_map *map, struct name_numbers names,
		 struct resolver **ret, struct err *e);
void resolver_free(struct resolver *r);

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

/*
 * Finds the KASLR offset by trying: the one at which nearly all addresses are ones
 * that a call returns to.  For traces with raw addresses and no kallsyms.
 * addresses that are in no image are passed over.  Returns 1 found, 0 not
 * (too few, or no KASLR offset fits 90 % of them).
 */
int resolver_find_kaslr_offset(struct resolver *r, const uint64_t *addresses,
			       size_t count);

/* Running address - link address of vmlinux; false while not known. */
bool resolver_kaslr_offset(const struct resolver *r, int64_t *ret);

/* module: whether the site's text ends in " [module]" is up to this call;
 * site->text includes it, and the size.  0 or negative. */
int resolver_site(struct resolver *r, const struct trace_site *site,
		  struct site_match *ret, struct err *e);

#endif
