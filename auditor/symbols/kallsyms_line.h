/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lines of /proc/kallsyms, System.map and nm: code only.
 */
#ifndef SYMBOLS_KALLSYMS_LINE_H
#define SYMBOLS_KALLSYMS_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Texts point into the line. */
struct kallsyms_line {
	uint64_t addr;
	const char *name, *module; /* module NULL: vmlinux */
	size_t name_len, module_len;
};

/* The next line that names code, from *p on; false at the end. */
bool kallsyms_next(const char **p, const char *end, struct kallsyms_line *ret);

/* What a running address is called. */
struct kallsyms_name {
	uint64_t address; /* asked for */
	const char *name; /* inside text; NULL: nothing is at or before it */
	size_t name_len;
	uint64_t offset; /* of address after the symbol's */
};

#endif
