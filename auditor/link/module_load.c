/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/module_load.h"

#include <string.h>

#include <elf.h>

#include "link/align.h"

#define RELEASE(major, minor) ((major)*1000000ul + (minor)*1000ul)

/* Sections of a kind are together, in this order. */
enum kind { TEXT, RODATA, RO_AFTER_INIT, DATA, SMALL_DATA, KINDS };

enum part { CORE, INIT, PERCPU, ELSEWHERE, DROPPED };

struct loading {
	const struct module_rules *rules;
	const struct object_record *record;
	uint64_t page;
	bool apart;		  /* each kind is an allocation */
	uint64_t sizes[2][KINDS]; /* apart, else all in the first */
};

/* ---- which section goes where ---- */

static bool starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

static bool is(const char *s, const char *other)
{
	return strcmp(s, other) == 0;
}

static enum part part_of(const struct loading *l, const struct obj_section *s)
{
	const struct module_rules *r = l->rules;
	const char *name = s->name;

	if (!(s->flags & SHF_ALLOC) || is(name, ".modinfo") ||
	    is(name, "__versions") || starts(name, "__version_ext_"))
		return DROPPED;
	if (is(name, ".data..percpu") || is(name, ".data.percpu"))
		return PERCPU;
	if (r->alloc_tags && r->release >= RELEASE(6, 13) &&
	    is(name, "alloc_tags"))
		return ELSEWHERE;
	if (starts(name, ".init"))
		return INIT;
	if (l->record->machine == EM_ARM && r->release >= RELEASE(5, 8) &&
	    (starts(name, ".ARM.extab.init") ||
	     starts(name, ".ARM.exidx.init")))
		return INIT;
	if (!r->unload && starts(name, ".exit"))
		return r->release >= RELEASE(5, 14) ? INIT : DROPPED;
	return CORE;
}

static bool is_ro_after_init(const struct module_rules *r, const char *name)
{
	return (r->release >= RELEASE(4, 8) &&
		is(name, ".data..ro_after_init")) ||
	       (r->release >= RELEASE(4, 20) && is(name, "__jump_table"));
}

static enum kind kind_of(const struct loading *l, const struct obj_section *s)
{
	uint16_t machine = l->record->machine;

	/* Data near the global pointer. */
	if ((machine == EM_ALPHA || machine == EM_IA_64) &&
	    s->flags & 0x10000000)
		return SMALL_DATA;
	if (s->flags & SHF_EXECINSTR)
		return TEXT;
	if (is_ro_after_init(l->rules, s->name))
		return RO_AFTER_INIT;
	return s->flags & SHF_WRITE ? DATA : RODATA;
}

/* ---- sizes ---- */

static uint64_t *size_of(struct loading *l, enum part part, enum kind kind)
{
	if (kind == SMALL_DATA)
		kind = DATA;
	if (l->apart)
		return &l->sizes[part][kind];
	if (l->rules->data_apart && part == CORE && kind != TEXT &&
	    l->rules->release >= RELEASE(5, 18))
		return &l->sizes[part][DATA];
	return &l->sizes[part][TEXT];
}

static void add(uint64_t *size, uint64_t align, uint64_t bytes)
{
	*size = align_up(*size, align) + bytes;
}

static void round_up(const struct loading *l, uint64_t *size)
{
	if (l->rules->aligned)
		*size = align_up(*size, l->page);
}

static void lay_out(struct loading *l, enum part part)
{
	for (int kind = TEXT; kind < KINDS; kind++) {
		uint64_t *size = size_of(l, part, (enum kind)kind);

		for (size_t i = 0; i < l->record->nsections; i++) {
			const struct obj_section *s = &l->record->sections[i];

			if (part_of(l, s) == part && (int)kind_of(l, s) == kind)
				add(size, s->align, s->size);
		}
		if (!l->apart && kind != DATA &&
		    (kind != RO_AFTER_INIT ||
		     (part == CORE && l->rules->release >= RELEASE(4, 8))))
			round_up(l, size);
	}
}

/* ---- symbols ---- */

/* What kallsyms keeps: of data only with KALLSYMS_ALL, of init none. */
static bool is_kept(const struct loading *l, const struct obj_section *s)
{
	const struct module_rules *r = l->rules;
	enum part part = part_of(l, s);

	if (part == PERCPU)
		return r->kallsyms_all && r->release >= RELEASE(4, 5);
	return (part == CORE || part == ELSEWHERE) &&
	       (r->kallsyms_all || s->flags & SHF_EXECINSTR);
}

static void count_kept(const struct loading *l, struct obj_name_sum *ret)
{
	const struct obj_symtab *t = &l->record->symtab;
	/* The empty symbol at the start of the table. */
	struct obj_name_sum sum = { 1, 1 };

	if (t->livepatch) {
		*ret = (struct obj_name_sum){ t->count, t->name_bytes };
		return;
	}
	for (size_t i = 0; i < l->record->nsections; i++) {
		if (!is_kept(l, &l->record->sections[i]))
			continue;
		sum.count += t->names[i].count;
		sum.bytes += t->names[i].bytes;
	}
	*ret = sum;
}

/* At the end of the data that stays; returns how much. */
static uint64_t keep_symbols(struct loading *l)
{
	const struct obj_symtab *t = &l->record->symtab;
	uint64_t *size = size_of(l, CORE, DATA);
	unsigned long release = l->rules->release;
	struct obj_name_sum kept;
	uint64_t types;

	/* Up to 2.6.31 the whole table stayed. */
	if (release < RELEASE(2, 6) + 32) {
		add(size, t->align, t->count * t->entry);
		add(size, 1, t->strings);
		return t->count * t->entry + t->strings;
	}
	count_kept(l, &kept);
	if (release < RELEASE(3, 13))
		kept.bytes++;
	types = release >= RELEASE(5, 2) ? kept.count : 0;
	add(size, t->align, kept.count * t->entry);
	add(size, 1, kept.bytes + types);
	if (!l->apart && release >= RELEASE(4, 0))
		round_up(l, size);
	return kept.count * t->entry + kept.bytes + types;
}

/* At the end of init's data: all of them, until init has run. */
static void lend_symbols(struct loading *l)
{
	const struct obj_symtab *t = &l->record->symtab;
	uint64_t *size = size_of(l, INIT, DATA);
	uint64_t word = l->record->elf_class == ELFCLASS64 ? 8 : 4;
	bool types = l->rules->release >= RELEASE(5, 2);

	if (l->rules->release < RELEASE(2, 6) + 32)
		return;
	add(size, t->align, t->count * t->entry);
	add(size, 1, t->strings);
	if (l->rules->release >= RELEASE(4, 4))
		add(size, word, (types ? 4 : 3) * word);
	if (types)
		add(size, 1, t->count);
	if (!l->apart && l->rules->release >= RELEASE(4, 0))
		round_up(l, size);
}

/* ---- all of it ---- */

static bool has_section(const struct object_record *r, const char *name)
{
	for (size_t i = 0; i < r->nsections; i++)
		if (is(r->sections[i].name, name))
			return true;
	return false;
}

/* Its loader makes room that no section of the file has. */
static bool arch_adds(const struct object_record *r)
{
	switch (r->machine) {
	case EM_ARM:
	case EM_AARCH64:
	case EM_RISCV:
	case 258: /* EM_LOONGARCH */
		return has_section(r, ".plt") || has_section(r, ".got");
	case EM_PPC:
	case EM_PPC64:
	case EM_S390:
	case EM_PARISC:
	case EM_IA_64:
	case EM_ALPHA:
		return true;
	default:
		return false;
	}
}

static uint64_t default_page(uint16_t machine)
{
	switch (machine) {
	case EM_ALPHA:
	case EM_SPARCV9:
		return 8192;
	case EM_IA_64:
		return 16384;
	default:
		return 4096;
	}
}

static uint64_t total(const struct loading *l, enum part part)
{
	uint64_t sum = 0;

	for (int kind = 0; kind < KINDS; kind++)
		sum += l->apart ? align_up(l->sizes[part][kind], l->page)
				: l->sizes[part][kind];
	return sum;
}

struct module_load module_load_compute(const struct module_rules *rules,
				       const struct object_record *record)
{
	struct module_load load = { .doubts = rules->doubts };
	struct loading l = {
		.rules = rules,
		.record = record,
		.page = rules->page ? rules->page
				    : default_page(record->machine),
		.apart = rules->release >= RELEASE(6, 4),
	};

	if (record->etype != ET_REL ||
	    !has_section(record, ".gnu.linkonce.this_module"))
		return load;
	load.known = true;
	load.page = l.page;
	lay_out(&l, CORE);
	lay_out(&l, INIT);
	for (size_t i = 0; i < record->nsections; i++) {
		const struct obj_section *s = &record->sections[i];
		enum part part = part_of(&l, s);

		load.content += part == CORE ? s->size : 0;
		load.percpu += part == PERCPU ? s->size : 0;
	}
	if (rules->kallsyms && record->symtab.known) {
		load.symbols = keep_symbols(&l);
		load.content += load.symbols;
		lend_symbols(&l);
		if (rules->release < RELEASE(3, 3))
			load.doubts |= LOAD_DOUBT_SYMBOLS;
	}
	if (arch_adds(record))
		load.doubts |= LOAD_DOUBT_ARCH;
	load.core = total(&l, CORE);
	load.init = total(&l, INIT);
	return load;
}
