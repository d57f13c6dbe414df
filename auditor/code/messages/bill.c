/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/messages/bill.h"

#include <stdlib.h>
#include <string.h>

#include "code/messages/places.h"
#include "code/messages/texts.h"
#include "support/grow.h"

/* Texts between two calls that are looked at. */
#define WINDOW 8

struct row {
	uint64_t text;
	uint32_t function; /* UINT32_MAX: none */
	uint32_t printer;  /* callee; UINT32_MAX: not known */
	uint8_t level;	   /* that the printer implies */
};

struct bill {
	const struct object_facts *f;
	struct row *rows;
	size_t nrows, capacity;
	bool nomem;
};

static void add(struct bill *b, struct row row)
{
	if (grow_room((void **)&b->rows, b->nrows, &b->capacity,
		      sizeof(*b->rows)))
		b->nomem = true;
	else
		b->rows[b->nrows++] = row;
}

/* ---- who prints what ---- */

static const struct known_function *known_of(const struct object_facts *f,
					     uint32_t callee)
{
	return callee & CALLEE_LOCAL
		       ? f->functions[callee & ~CALLEE_LOCAL].known
		       : f->known[callee];
}

static const struct summary *summary_of(const struct object_facts *f,
					uint32_t callee)
{
	return callee & CALLEE_LOCAL
		       ? f->functions[callee & ~CALLEE_LOCAL].summary
		       : f->answers[callee];
}

/* Does a call of it print?  *ret_level: that it implies. */
static bool prints(const struct object_facts *f, uint32_t callee,
		   uint8_t *ret_level)
{
	const struct known_function *k = known_of(f, callee);
	const struct summary *s = summary_of(f, callee);

	*ret_level = k ? k->level : MESSAGE_LEVEL_DEFAULT;
	if (k)
		return k->role == KNOWN_PRINTER || k->role == KNOWN_WARNING ||
		       k->role == KNOWN_PANIC || k->role == KNOWN_WRAPPED;
	return s && s->prints_param;
}

/* The callee that a relocation of code is a call of; UINT32_MAX: none. */
static uint32_t callee_of(const struct object_facts *f,
			  const struct code_reloc *r)
{
	uint64_t at = facts_place_of(f, r);
	uint32_t function;

	if (r->kind != RELOC_PC && r->kind != RELOC_CALL)
		return UINT32_MAX;
	if (!at)
		return f->o.symbols[r->symbol].section == CODE_SECTION_NONE
			       ? r->symbol
			       : UINT32_MAX;
	function = facts_function_at(f, at);
	return function == UINT32_MAX ? UINT32_MAX : CALLEE_LOCAL | function;
}

static bool has_level(const char *text)
{
	size_t len;

	text_level(text, &len);
	return len != 0;
}

/* Of the texts before a call, its format: one with a level, else the last
 * that ends a line, else the last. */
static uint64_t format_of(const struct object_facts *f, const uint64_t *texts,
			  size_t n)
{
	uint64_t best = 0;
	int rank = -1;

	for (size_t i = 0; i < n; i++) {
		const char *text = text_at(&f->o, texts[i]);
		size_t len = strlen(text);
		int now = has_level(text) ? 2 : text[len - 1] == '\n' ? 1 : 0;

		if (now >= rank) {
			rank = now;
			best = texts[i];
		}
	}
	return best;
}

/* Relocations that lead to a text. */
static uint64_t text_of(const struct object_facts *f,
			const struct code_reloc *r)
{
	uint64_t at = r->kind == RELOC_HIGH ? 0 : facts_place_of(f, r);

	return at && f->o.sections[CODE_AT_SECTION(at)].strings &&
			       text_at(&f->o, at)
		       ? at
		       : 0;
}

static void read_function(struct bill *b, uint32_t i)
{
	const struct object_facts *f = b->f;
	const struct code_function *c = &f->o.functions[i];
	const struct code_section *s = &f->o.sections[c->section];
	uint64_t texts[WINDOW];
	size_t n = 0, k = facts_first_reloc(s, c->start);
	uint32_t owner = f->functions[i].owner;

	for (; k < s->nrelocs && s->relocs[k].offset < c->start + c->size;
	     k++) {
		const struct code_reloc *r = &s->relocs[k];
		uint64_t text = text_of(f, r);
		uint32_t callee;
		uint8_t level;

		if (text) {
			if (n == WINDOW) {
				memmove(texts, texts + 1,
					(WINDOW - 1) * sizeof(*texts));
				n--;
			}
			texts[n++] = text;
			/* Its level tells that it is printed. */
			if (has_level(text_at(&f->o, text)))
				add(b, (struct row){ text, owner, UINT32_MAX,
						     MESSAGE_LEVEL_DEFAULT });
			continue;
		}
		callee = callee_of(f, r);
		if (callee == UINT32_MAX)
			continue;
		if (prints(f, callee, &level) && n)
			add(b, (struct row){ format_of(f, texts, n), owner,
					     callee, level });
		n = 0;
	}
}

/* What the paths have found is known better. */
static void add_findings(struct bill *b, uint32_t i)
{
	const struct function *g = &b->f->functions[i];

	for (size_t k = 0; k < g->nfindings; k++) {
		const struct raw_finding *x = &g->findings[k];
		uint8_t level = MESSAGE_LEVEL_DEFAULT;

		if (x->printer != UINT32_MAX &&
		    b->f->o.sections[CODE_AT_SECTION(x->text)].strings) {
			prints(b->f, x->printer, &level);
			add(b, (struct row){ x->text, i, x->printer, level });
		}
	}
}

/* Texts with a level that only data refers to. */
static void read_strings(struct bill *b, uint32_t section)
{
	const struct code_section *s = &b->f->o.sections[section];
	uint64_t at = 0;

	while (at < s->size) {
		const unsigned char *end = memchr(s->bytes + at, 0,
						  s->size - at);
		uint64_t next = end ? (uint64_t)(end - s->bytes) + 1 : s->size;

		if (end && s->bytes[at] == '\001' &&
		    has_level((const char *)s->bytes + at))
			add(b,
			    (struct row){ CODE_AT(section, at), UINT32_MAX,
					  UINT32_MAX, MESSAGE_LEVEL_DEFAULT });
		at = next;
	}
}

/* ---- rows ---- */

/* Those that know a printer first, and a function. */
static int compare_rows(const void *pa, const void *pb)
{
	const struct row *a = pa, *b = pb;

	if (a->text != b->text)
		return a->text < b->text ? -1 : 1;
	if (a->function != b->function)
		return a->function < b->function ? -1 : 1;
	return a->printer < b->printer ? -1 : a->printer > b->printer;
}

static const char *function_name(const struct object_facts *f, uint32_t i,
				 struct arena *a)
{
	const char *name;
	size_t len;

	if (i == UINT32_MAX)
		return arena_strdup(a, "");
	name = facts_name(f, i, &len);
	return arena_strndup(a, name, len);
}

static int put(const struct bill *b, const struct row *row,
	       struct object_messages *ret, struct err *e)
{
	const struct code_object *o = &b->f->o;
	struct message_text *t = &ret->texts[ret->ntexts];
	const char *text = text_at(o, row->text);
	size_t prefix;

	t->level = text_level(text, &prefix);
	if (!prefix)
		t->level = row->level;
	t->prefix_bytes = (uint32_t)prefix;
	t->text = arena_strdup(&ret->arena, text + prefix);
	t->function = function_name(b->f, row->function, &ret->arena);
	t->printer = facts_callee_name(b->f, row->printer, &ret->arena);
	if (!t->text || !t->function || !t->printer)
		return err_nomem(e);
	t->string_section = CODE_AT_SECTION(row->text);
	t->string_offset = CODE_AT_OFFSET(row->text);
	text_size(o, row->text, &t->string_bytes, &t->padding_bytes);
	ret->ntexts++;
	return 0;
}

static int put_all(struct bill *b, struct object_messages *ret, struct err *e)
{
	const struct row *last = NULL;
	int r = 0;

	if (b->nrows)
		qsort(b->rows, b->nrows, sizeof(*b->rows), compare_rows);
	ret->texts = arena_calloc(&ret->arena, b->nrows + 1,
				  sizeof(*ret->texts));
	if (!ret->texts || b->nomem)
		return err_nomem(e);
	for (size_t i = 0; i < b->nrows && r == 0; i++) {
		const struct row *row = &b->rows[i];

		if (last && last->text == row->text &&
		    (last->function == row->function ||
		     row->function == UINT32_MAX))
			continue;
		last = row;
		r = put(b, row, ret, e);
	}
	return r;
}

int bill_texts(const struct object_facts *f, struct object_messages *ret,
	       struct err *e)
{
	struct bill b = { .f = f };
	int r;

	for (uint32_t i = 0; i < f->o.nfunctions; i++) {
		read_function(&b, i);
		if (f->functions[i].owner == i && !f->functions[i].dirty)
			add_findings(&b, i);
	}
	for (uint32_t i = 0; i < f->o.nsections; i++)
		if (f->o.sections[i].strings && f->o.sections[i].bytes)
			read_strings(&b, i);
	r = put_all(&b, ret, e);
	free(b.rows);
	return r;
}
