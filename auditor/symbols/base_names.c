/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/base_names.h"

#include <stdlib.h>
#include <string.h>

#include "support/grow.h"
#include "support/scan.h"

#define HASH_DIGITS 16 /* a hash has at least so many; clones are numbered */

static bool is_mark(char c)
{
	return c == '.' || c == '$';
}

static size_t word_length(const char *p, const char *end)
{
	size_t n = 0;

	while (p + n < end && !is_mark(p[n]))
		n++;
	return n;
}

static bool is_hash(const char *p, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (scan_hex_digit(p[i]) >= 16)
			return false;
	return len >= HASH_DIGITS;
}

static bool is_word(const char *p, size_t len, const char *word)
{
	return strlen(word) == len && memcmp(p, word, len) == 0;
}

/* A part of a suffix, without its dot, that LTO or CFI adds. */
static bool is_lto(const char *p, size_t len)
{
	return is_hash(p, len) || is_word(p, len, "llvm") ||
	       is_word(p, len, "lto_priv") || is_word(p, len, "cfi") ||
	       is_word(p, len, "cfi_jt") || is_word(p, len, "__uniq");
}

size_t base_name_length(const char *name, size_t len, size_t *ret_dot)
{
	const char *end = name + len, *p = name;

	/* What a name begins with is part of it. */
	if (p < end && is_mark(*p))
		p++;
	p += word_length(p, end);
	*ret_dot = (size_t)(p - name);
	while (p < end) {
		size_t n = word_length(p + 1, end);

		if (is_lto(p + 1, n))
			return (size_t)(p - name);
		p += 1 + n;
	}
	return len;
}

static int add(struct base_names *b, const char *base, size_t len, int64_t name,
	       struct err *e)
{
	size_t before = b->bases.count;
	uint32_t id = intern_add(&b->bases, base, len);

	if (id == INTERN_NONE ||
	    grow_room((void **)&b->entries, b->nentries, &b->entries_capacity,
		      sizeof(*b->entries)))
		return err_nomem(e);
	if (b->bases.count > before) {
		if (grow_room((void **)&b->first, before, &b->first_capacity,
			      sizeof(*b->first)))
			return err_nomem(e);
		b->first[id] = MAP_NONE;
	}
	b->entries[b->nentries] = (struct base_entry){ name, b->first[id] };
	b->first[id] = (uint32_t)b->nentries++;
	return 0;
}

/* lto: only names that LTO made; else the other ones with a dot, which old
 * kernels cut as well if they cut at all. */
static int add_name(struct base_names *b, const char *text, int64_t name,
		    bool lto, struct err *e)
{
	size_t len = strlen(text), dot;
	size_t base = base_name_length(text, len, &dot);
	int r;

	if (lto != (base < len) || dot == len)
		return 0;
	if (lto && base != dot && (r = add(b, text, base, name, e)) < 0)
		return r;
	return add(b, text, dot, name, e);
}

static int compare_i64(const void *pa, const void *pb)
{
	int64_t a = *(const int64_t *)pa, b = *(const int64_t *)pb;

	return (a > b) - (a < b);
}

/* Each name once; NULL when memory is out. */
static int64_t *distinct_names(const struct symbol_map *map, size_t *ret_n)
{
	int64_t *v = calloc(map->nsymbols + 1, sizeof(*v));
	size_t n = 0;

	if (!v)
		return NULL;
	for (size_t i = 0; i < map->nsymbols; i++)
		v[i] = map->symbols[i].name;
	qsort(v, map->nsymbols, sizeof(*v), compare_i64);
	for (size_t i = 0; i < map->nsymbols; i++)
		if (!n || v[n - 1] != v[i])
			v[n++] = v[i];
	*ret_n = n;
	return v;
}

int base_names_make(struct base_names *b, const struct symbol_map *map,
		    const struct name_numbers *names, struct err *e)
{
	size_t n = 0;
	int64_t *v = distinct_names(map, &n);
	int r = 0;

	if (!v)
		return err_nomem(e);
	/* Where LTO made none, nothing was cut: one pass. */
	for (int pass = 0; pass < 2 && r == 0; pass++) {
		if (pass && !b->nentries)
			break;
		for (size_t i = 0; i < n && r == 0; i++) {
			const char *text;

			r = names->text(names->ctx, v[i], &text, e);
			if (r == 0)
				r = add_name(b, text, v[i], !pass, e);
		}
	}
	free(v);
	b->made = r == 0;
	return r;
}

void base_names_release(struct base_names *b)
{
	intern_release(&b->bases);
	free(b->first);
	free(b->entries);
	*b = (struct base_names){ .made = false };
}

uint32_t base_names_find(const struct base_names *b, const char *text,
			 size_t len)
{
	uint32_t id = b->made ? intern_find(&b->bases, text, len) : INTERN_NONE;

	return id == INTERN_NONE ? MAP_NONE : b->first[id];
}
