/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/gfp_flags.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit/object_file.h"
#include "elf/code_read.h"

#define TABLE "gfpflag_names"

/* ---- the table: pairs of a mask and a pointer to its name ---- */

static uint64_t read_word(const struct code_object *o, const unsigned char *p,
			  size_t size)
{
	uint64_t v = 0;

	for (size_t i = 0; i < size; i++)
		v |= (uint64_t)p[o->big_endian ? size - 1 - i : i] << 8 * i;
	return v;
}

/* The text that a relocation points to; NULL: to none. */
static const char *text_at(const struct code_object *o,
			   const struct code_reloc *r)
{
	const struct code_symbol *symbol;
	const struct code_section *s;
	uint64_t at;

	if (r->kind != RELOC_ABS || r->symbol >= o->nsymbols)
		return NULL;
	symbol = &o->symbols[r->symbol];
	if (symbol->section >= o->nsections)
		return NULL;
	s = &o->sections[symbol->section];
	at = symbol->value + (uint64_t)r->addend;
	if (!s->bytes || at >= s->size ||
	    !memchr(s->bytes + at, '\0', s->size - at))
		return NULL;
	return (const char *)s->bytes + at;
}

static uint64_t nowarn_of_table(const struct code_object *o,
				const struct code_symbol *table)
{
	const struct code_section *s = &o->sections[table->section];

	for (size_t i = 0; s->bytes && i < s->nrelocs; i++) {
		const struct code_reloc *r = &s->relocs[i];
		const char *name;

		/* The mask is as wide as the pointer, and before it. */
		if (r->offset < table->value + r->size ||
		    r->offset - table->value >= table->size ||
		    r->offset > s->size)
			continue;
		name = text_at(o, r);
		if (name && (strcmp(name, "__GFP_NOWARN") == 0 ||
			     strcmp(name, "GFP_NOWARN") == 0))
			return read_word(o, s->bytes + r->offset - r->size,
					 r->size);
	}
	return 0;
}

static uint64_t nowarn_of_object(const struct code_object *o)
{
	uint64_t bit;

	for (size_t i = 0; i < o->nsymbols; i++) {
		const struct code_symbol *s = &o->symbols[i];

		if (s->section >= o->nsections || strcmp(s->name, TABLE) != 0)
			continue;
		bit = nowarn_of_table(o, s);
		/* Names of several bits (GFP_NOWAIT | __GFP_NOWARN) follow. */
		if (bit && !(bit & (bit - 1)))
			return bit;
	}
	return 0;
}

static int from_object(const struct audit_input *in, uint64_t *ret,
		       struct err *e)
{
	struct code_object o;
	struct err why;
	int fd = audit_open(in, "mm/debug.o", &why);
	int r = fd;

	if (fd >= 0) {
		r = elf_code_read(fd, &o, &why);
		close(fd);
	}
	if (r < 0)
		return why.code == ERR_NOMEM ? err_nomem(e) : 0;
	*ret = nowarn_of_object(&o);
	code_object_release(&o);
	return 0;
}

/* ---- the header ---- */

/* "#define ___GFP_NOWARN 0x200u", to 6.9; before 2.6.38 with two underscores
 * and a cast. */
static uint64_t nowarn_of_line(const char *line)
{
	const char *at = strstr(line, "_GFP_NOWARN"), *number;

	if (strncmp(line, "#define", 7) != 0 || !at)
		return 0;
	number = strstr(at, "0x");
	return number ? strtoull(number, NULL, 16) : 0;
}

static uint64_t nowarn_of_header(const char *source, const char *name)
{
	char path[4096], line[512];
	uint64_t bit = 0;
	FILE *f;

	if (snprintf(path, sizeof(path), "%s/include/linux/%s", source, name) >=
	    (int)sizeof(path))
		return 0;
	f = fopen(path, "re");
	while (f && !bit && fgets(line, sizeof(line), f))
		bit = nowarn_of_line(line);
	if (f)
		fclose(f);
	return bit & (bit - 1) ? 0 : bit;
}

int gfp_nowarn_bit(const struct audit_input *in, uint64_t *ret, struct err *e)
{
	const char *source = in->info.source ? in->info.source : in->info.tree;
	uint64_t bit = 0;
	int r = from_object(in, &bit, e);

	if (r == 0 && !bit)
		bit = nowarn_of_header(source, "gfp_types.h");
	if (r == 0 && !bit)
		bit = nowarn_of_header(source, "gfp.h");
	if (r == 0)
		*ret = bit;
	return r;
}
