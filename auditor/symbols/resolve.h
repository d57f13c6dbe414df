/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From what a trace prints of a call site to the object that holds the call.
 * Nothing is guessed: a name that several functions have is distinguished by
 * the size that was printed with it and by where calls return to, and what
 * several could still be is ambiguous.
 *
 * A call site is a return address, so everything is looked up for the byte
 * before it: `next_function+0x0` means that the call was the last
 * instruction of the function before (Documentation of %pS says so, too).
 */
#ifndef SYMBOLS_RESOLVE_H
#define SYMBOLS_RESOLVE_H

#include "symbols/printed_site.h"

/* Both are borrowed and must outlive the resolver. */
int resolver_new(const struct symbol_map *map, struct name_numbers names,
		 struct resolver **ret, struct err *e);
void resolver_free(struct resolver *r);

/* Running address - link address of vmlinux; false while not known. */
bool resolver_kaslr_offset(const struct resolver *r, int64_t *ret);

/* module: whether the site's text ends in " [module]" is up to this call;
 * site->text includes it, and the size.  0 or negative. */
int resolver_site(struct resolver *r, const struct trace_site *site,
		  struct site_match *ret, struct err *e);

#endif
