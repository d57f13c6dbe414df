/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/kallsyms_names.h"

#include <stdlib.h>

#include "symbols/kallsyms_line.h"

/* No function is as long. */
#define FAR ((uint64_t)1 << 20)

static int compare_addresses(const void *pa, const void *pb)
{
	const struct kallsyms_name *a = pa, *b = pb;

	return a->address < b->address ? -1 : a->address > b->address;
}

/* The first name whose address is at or after addr; n where none is. */
static size_t first_from(const struct kallsyms_name *names, size_t n,
			 uint64_t addr)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (names[mid].address < addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

void kallsyms_names(const char *text, size_t len, struct kallsyms_name *names,
		    size_t n)
{
	const char *p = text, *end = text + len;
	struct kallsyms_line l;

	if (n)
		qsort(names, n, sizeof(*names), compare_addresses);
	while (kallsyms_next(&p, end, &l)) {
		size_t i = first_from(names, n, l.addr);

		/* Of two names of one address the first is shown. */
		if (i == n || (names[i].name &&
			       names[i].address - l.addr >= names[i].offset))
			continue;
		names[i].name = l.name;
		names[i].name_len = l.name_len;
		names[i].offset = names[i].address - l.addr;
	}
	/* The nearest symbol may be before another address that is asked for. */
	for (size_t i = 1; i < n; i++) {
		const struct kallsyms_name *before = &names[i - 1];
		uint64_t gap = names[i].address - before->address;

		if (!before->name || (names[i].name && names[i].offset <= gap))
			continue;
		names[i].name = before->name;
		names[i].name_len = before->name_len;
		names[i].offset = before->offset + gap;
	}
	for (size_t i = 0; i < n; i++)
		if (names[i].name && names[i].offset > FAR)
			names[i].name = NULL;
}
