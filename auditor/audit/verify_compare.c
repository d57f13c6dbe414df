/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/verify_compare.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <elf.h>

#include "model/strip_counters.h"

/* A symbol of either side, as both can be compared. */
struct line {
	const char *section, *name;
	uint64_t value, size;
};

#define ORDER(a, b) (((a) > (b)) - ((a) < (b)))

static int compare_places(const struct line *x, const struct line *y)
{
	int c = strcmp(x->section, y->section);

	if (!c)
		c = strcmp(x->name, y->name);
	return c ? c : ORDER(x->value, y->value);
}

static int compare_lines(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	int c = compare_places(x, y);

	return c ? c : ORDER(x->size, y->size);
}

static bool is_mapping(uint16_t machine, const char *name)
{
	if (machine != EM_ARM && machine != EM_AARCH64 && machine != EM_RISCV &&
	    machine != 258 /* EM_LOONGARCH */)
		return false;
	return name[0] == '$' && name[1] && strchr("adtx", name[1]) &&
	       (!name[2] || name[2] == '.' ||
		(machine == EM_RISCV && name[1] == 'x'));
}

/* Bit 0 of an ARM function's value is the Thumb flag, no part of its place.
 * A symbol before the start of its section has place 0 in a linked file. */
static uint64_t place(uint16_t machine, uint64_t value)
{
	if ((int64_t)value < 0)
		return 0;
	return machine == EM_ARM ? value & ~UINT64_C(1) : value;
}

static struct line *stored_lines(const struct stored_reading *o,
				 struct arena *a)
{
	struct line *v = arena_calloc(a, o->nsymbols + 1, sizeof(*v));

	for (size_t i = 0; v && i < o->nsymbols; i++) {
		const struct stored_symbol *s = &o->symbols[i];
		bool reserved = s->section[0] == '*';

		v[i] = (struct line){ s->section, s->name,
				      reserved ? 0
					       : place(o->machine, s->value),
				      s->size };
	}
	if (v)
		qsort(v, o->nsymbols, sizeof(*v), compare_lines);
	return v;
}

static struct line *second_lines(const struct second_reading *o,
				 uint16_t machine, struct arena *a, size_t *ret)
{
	struct line *v = arena_calloc(a, o->nsymbols + 1, sizeof(*v));
	size_t n = 0;

	for (size_t i = 0; v && i < o->nsymbols; i++) {
		const struct second_symbol *s = &o->symbols[i];
		const char *name = strip_counters(a, s->name);
		bool reserved = s->section[0] == '*';

		if (!name)
			return NULL;
		if (is_mapping(machine, s->name))
			continue;
		v[n++] = (struct line){ s->section, name,
					reserved ? 0 : place(machine, s->value),
					s->size };
	}
	if (v)
		qsort(v, n, sizeof(*v), compare_lines);
	*ret = n;
	return v;
}

static const char *describe(const struct line *x, const struct line *y,
			    struct arena *a)
{
	const struct line *one = x ? x : y;

	if (x && y && compare_places(x, y) == 0)
		return arena_printf(a,
				    "symbol '%s' in %s: %" PRIu64
				    " bytes in the database, %" PRIu64
				    " read by libbfd",
				    x->name, x->section, x->size, y->size);
	if (x && (!y || compare_places(x, y) < 0))
		one = x;
	else
		one = y;
	return arena_printf(a,
			    one == x
				    ? "symbol '%s' in %s at %" PRIu64
				      " is in the database, not read by libbfd"
				    : "symbol '%s' in %s at %" PRIu64
				      " is read by libbfd, not in the database",
			    one->name, one->section, one->value);
}

static int compare_symbols(const struct stored_reading *stored,
			   const struct second_reading *second, struct arena *a,
			   const char **ret)
{
	size_t n = 0, m = stored->nsymbols;
	struct line *x = stored_lines(stored, a);
	struct line *y = second_lines(second, stored->machine, a, &n);

	if (!x || !y)
		return -1;
	for (size_t i = 0; i < m || i < n; i++) {
		bool both = i < m && i < n;

		if (both && compare_places(&x[i], &y[i]) == 0 &&
		    (!second->sizes_known || x[i].size == y[i].size))
			continue;
		*ret = describe(i < m ? &x[i] : NULL, i < n ? &y[i] : NULL, a);
		return *ret ? 0 : -1;
	}
	*ret = NULL;
	return 0;
}

int verify_compare(const struct stored_reading *stored,
		   const struct second_reading *second, struct arena *a,
		   const char **ret)
{
	if (stored->text != second->text || stored->data != second->data ||
	    stored->bss != second->bss) {
		*ret = arena_printf(a,
				    "text, data, bss are %" PRIu64 ", %" PRIu64
				    ", %" PRIu64 " in the database, %" PRIu64
				    ", %" PRIu64 ", %" PRIu64 " read by libbfd",
				    stored->text, stored->data, stored->bss,
				    second->text, second->data, second->bss);
		return *ret ? 0 : -1;
	}
	if (stored->has_symbols)
		return compare_symbols(stored, second, a, ret);
	*ret = NULL;
	return 0;
}
