/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/copy/prove.h"

#include <elf.h>
#include <string.h>

#include "elf/classify.h"
#include "model/fingerprint.h"
#include "model/strip_counters.h"
#include "store/audit.h"
#include "store/copy/copier.h"
#include "store/names.h"

static int column(const struct copy_table *t, const char *name)
{
	for (int i = 0; i < t->ncolumns; i++)
		if (strcmp(t->columns[i].name, name) == 0)
			return i;
	return -1;
}

/* A value of a row by its column's name; a column that is not there any more
 * proves nothing. */
static const struct value *value(const struct copy_table *t,
				 const struct value *row, const char *name)
{
	static const struct value none;
	int at = column(t, name);

	return at < 0 ? &none : &row[at];
}

#define NUMBER(t, row, name) ((uint64_t)value(t, row, name)->i)

static const struct proof_part *part(const struct proof_part *parts, size_t n,
				     const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(parts[i].t->name, name) == 0)
			return &parts[i];
	return NULL;
}

static int name_text(struct copier *c, struct arena *a, uint64_t id,
		     const char **ret, struct err *e)
{
	const char *text;
	int r = store_name_text(c->to, (int64_t)id, &text, e);

	if (r == 0 && !(*ret = arena_strdup(a, text)))
		r = err_nomem(e);
	return r;
}

static int add_sections(struct copier *c, const struct proof_part *p,
			struct object_record *o, struct err *e)
{
	int r = 0;

	o->sections = arena_calloc(&o->arena, p->n + 1, sizeof(*o->sections));
	o->nsections = p->n;
	if (!o->sections)
		return err_nomem(e);
	for (size_t i = 0; i < p->n && r == 0; i++) {
		const struct value *row = p->v + i * (size_t)p->t->ncolumns;
		struct obj_section *s = &o->sections[i];

		s->type = (uint32_t)NUMBER(p->t, row, "type");
		s->flags = NUMBER(p->t, row, "flags");
		s->size = NUMBER(p->t, row, "size");
		s->align = NUMBER(p->t, row, "align");
		s->entsize = NUMBER(p->t, row, "entsize");
		s->unattributed = NUMBER(p->t, row, "unattributed");
		r = name_text(c, &o->arena, NUMBER(p->t, row, "name"), &s->name,
			      e);
	}
	return r;
}

static void add_returns(const struct proof_part *p, struct object_record *o)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct value *row = p->v + i * (size_t)p->t->ncolumns;
		const struct value *offsets = value(p->t, row, "offsets");
		uint64_t section = NUMBER(p->t, row, "section");

		if (section >= o->nsections)
			continue;
		o->sections[section].return_sites = offsets->p;
		o->sections[section].return_sites_len = offsets->len;
	}
}

static uint32_t section_of(const struct value *v)
{
	if (v->type == VALUE_NULL)
		return SYM_SECTION_UNDEF;
	return v->i == -1   ? SYM_SECTION_ABS
	       : v->i == -2 ? SYM_SECTION_COMMON
			    : (uint32_t)v->i;
}

static int add_symbols(struct copier *c, const struct proof_part *p,
		       struct object_record *o, struct err *e)
{
	int r = 0;

	o->symbols = arena_calloc(&o->arena, p->n + 1, sizeof(*o->symbols));
	o->nsymbols = p->n;
	if (!o->symbols)
		return err_nomem(e);
	for (size_t i = 0; i < p->n && r == 0; i++) {
		const struct value *row = p->v + i * (size_t)p->t->ncolumns;
		struct obj_symbol *s = &o->symbols[i];
		const struct value *own;
		uint64_t info = NUMBER(p->t, row, "info");

		s->section = section_of(value(p->t, row, "section"));
		s->type = info & 15;
		s->bind = info >> 4 & 15;
		s->visibility = info >> 8 & 3;
		s->value = NUMBER(p->t, row, "value");
		s->size = NUMBER(p->t, row, "size");
		own = value(p->t, row, "own");
		s->own = own->type == VALUE_INT ? (uint64_t)own->i : s->size;
		r = name_text(c, &o->arena, NUMBER(p->t, row, "name"), &s->name,
			      e);
		if (r == 0 && !(s->norm = strip_counters(&o->arena, s->name)))
			r = err_nomem(e);
	}
	return r;
}

/* What is stored and not hashed follows from what is: the class of a section,
 * and the bytes that each symbol alone accounts for, which add up. */
static int follows(const struct proof_part *sections, struct object_record *o,
		   struct err *e)
{
	uint64_t *covered = arena_calloc(&o->arena, o->nsections + 1,
					 sizeof(*covered));

	if (!covered)
		return err_nomem(e);
	for (size_t i = 0; i < o->nsymbols; i++)
		if (o->symbols[i].section < o->nsections)
			covered[o->symbols[i].section] += o->symbols[i].own;
	for (size_t i = 0; i < sections->n; i++) {
		const struct value *row = sections->v +
					  i * (size_t)sections->t->ncolumns;
		const struct obj_section *s = &o->sections[i];

		if (NUMBER(sections->t, row, "class") !=
			    (uint64_t)classify_section(s->name, s->type,
						       s->flags) ||
		    (o->nsymbols && covered[i] + s->unattributed != s->size))
			return 0;
	}
	return 1;
}

static void add_head(const struct copy_table *t, const struct value *row,
		     struct object_record *o)
{
	o->elf_class = NUMBER(t, row, "elf_class") == 64 ? ELFCLASS64
							 : ELFCLASS32;
	o->encoding = NUMBER(t, row, "big_endian") ? ELFDATA2MSB : ELFDATA2LSB;
	o->etype = ET_REL;
	o->machine = (uint16_t)NUMBER(t, row, "machine");
	o->eflags = (uint32_t)NUMBER(t, row, "eflags");
	o->text = NUMBER(t, row, "text");
	o->data = NUMBER(t, row, "data");
	o->bss = NUMBER(t, row, "bss");
	o->common = NUMBER(t, row, "common");
}

int prove_footprint(struct copier *c, const struct copy_table *t,
		    const struct value *row, const struct proof_part *parts,
		    size_t nparts, struct err *e)
{
	const struct proof_part *sections = part(parts, nparts, "section");
	const struct proof_part *symbols = part(parts, nparts, "symbol");
	const struct proof_part *returns = part(parts, nparts, "return_site");
	const struct value *hash = value(t, row, "hash");
	struct object_record o = { .arena = ARENA_INIT };
	int r;

	if (!sections || !symbols || !returns ||
	    hash->len != sizeof(o.fingerprint))
		return 0;
	add_head(t, row, &o);
	r = add_sections(c, sections, &o, e);
	if (r == 0) {
		add_returns(returns, &o);
		r = add_symbols(c, symbols, &o, e);
	}
	if (r == 0)
		r = fingerprint_compute(
			&o, NUMBER(t, row, "full") != FOOTPRINT_BRIEF, e);
	if (r == 0)
		r = memcmp(o.fingerprint, hash->p, hash->len) == 0
			    ? follows(sections, &o, e)
			    : 0;
	object_record_release(&o);
	return r;
}
