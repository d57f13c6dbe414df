/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A small link, of x86-64 or ARM, whose numbers the input may change to what
 * a hostile object can say.  Shared by the fuzzers of link/.
 *
 * The first byte: bit 0 ARM, bits 1 to 3 the number of changes, bit 4 linked
 * with --gc-sections; a change is a byte that says what, and eight that are
 * the new number.
 */
#ifndef TESTS_FUZZ_LINK_JOB_H
#define TESTS_FUZZ_LINK_JOB_H

#include "../unit/link_fixture.h"

#include <stdlib.h>

#define WORD(x) (x) & 0xff, (x) >> 8 & 0xff, (x) >> 16 & 0xff, (x) >> 24 & 0xff

static inline void job_index(struct fixture_object *o,
			     const unsigned char *content, uint64_t size)
{
	struct obj_section *s = link_section(o, ".ARM.exidx", 0, size, 4);

	s->type = SHT_ARM_EXIDX;
	s->flags |= SHF_LINK_ORDER;
	s->has_relocs = true;
	s->content = content;
}

static inline void job_code(struct fixture_object *o, const char *name,
			    uint64_t size, uint64_t align)
{
	link_section(o, name, 0, size, align)->flags |= SHF_EXECINSTR;
}

static inline void job_common(struct fixture_object *o)
{
	link_global(o, "room", SYM_SECTION_COMMON, 8);
	o->symbols[o->record.nsymbols - 1].size = 24;
}

static inline void job_inputs(struct link_fixture *f, bool arm)
{
	static const unsigned char index_a[] = {
		WORD(0u),	   WORD(0x80b0b0b0u), WORD(4u),
		WORD(0x80b0b0b0u), WORD(8u),	      WORD(1u),
	};
	static const unsigned char index_b[] = { WORD(0u), WORD(1u), WORD(4u),
						 WORD(0u) };
	struct fixture_object *o = link_object(f, "dir/a.o");

	job_code(o, ".text", 16, 16);
	link_strings(o, ".rodata.str1.1", "sevenup\0up\0", 12, 1);
	link_section(o, ".data", 0, 8, 8)->flags |= SHF_WRITE;
	job_code(o, ".init.text", 8, 1);
	link_section(o, ".bss", 0, 24, 32)->type = SHT_NOBITS;
	link_global(o, "a", 0, 0);
	job_common(o);
	if (arm)
		job_index(o, index_a, sizeof(index_a));
	o = link_object(f, "b.o");
	f->inputs[1].archive = "lib.a";
	job_code(o, ".text", 32, 16);
	job_code(o, ".text.unlikely", 4, 1);
	link_strings(o, ".rodata.str1.1", "up\0b\0", 6, 1);
	link_section(o, ".gone", 0, 5, 1);
	link_global(o, "b", 0, 4);
	link_global(o, "bu", 1, 0);
	if (arm)
		job_index(o, index_b, sizeof(index_b));
	o = link_object(f, "init/c.o");
	f->inputs[2].linktime = true;
	job_code(o, ".text", 4, 4);
	link_section(o, "___ksymtab+c", 0, 12, 4);
	link_global(o, "c", 0, 0);
	job_common(o);
}

/* Of the first two; of the third none are known. */
static inline void job_references(struct link_fixture *f)
{
	static struct obj_reference a[] = {
		{ 0, 2, NULL },
		{ 0, SYM_SECTION_UNDEF, "b" },
		{ 2, 1, NULL },
		{ 3, SYM_SECTION_UNDEF, "__stop_.gone" },
	};
	static struct obj_reference b[] = {
		{ 0, SYM_SECTION_UNDEF, "nowhere" },
		{ 0, 1, NULL },
		{ 1, SYM_SECTION_UNDEF, "a" },
		{ 2, 7, NULL },
	};

	f->job.gc_sections = true;
	f->objects[0].record.references = a;
	f->objects[1].record.references = b;
	for (size_t i = 0; i < 2; i++) {
		f->objects[i].record.references_known = true;
		f->objects[i].record.nreferences = 4;
	}
}

static inline void job_image(struct link_fixture *f, bool arm)
{
	struct fixture_object *o = &f->image;

	o->record.machine = arm ? EM_ARM : EM_X86_64;
	o->record.encoding = ELFDATA2LSB;
	o->record.elf_class = arm ? ELFCLASS32 : ELFCLASS64;
	o->record.build_id_len = 20;
	job_code(o, ".text", 0x1000, 64);
	o->sections[0].addr = 0x1000;
	link_section(o, ".rodata", 0x2000, 48, 4);
	link_section(o, ".data", 0x2080, 8, 8);
	job_code(o, ".init.text", 8, 1);
	o->sections[3].addr = 0x2100;
	link_section(o, ".bss", 0x2200, 64, 32)->type = SHT_NOBITS;
	if (arm)
		link_section(o, ".idx", 0x3000, 32, 4);
	link_global(o, "_text", 0, 0x1000);
	link_global(o, "a", 0, 0x1000);
	link_global(o, "b", 0, 0x1014);
	link_global(o, "c", 0, 0x1040);
	link_global(o, "__init_begin", 3, 0x2100);
	link_global(o, "__init_end", 3, 0x2200);
	link_global(o, "_end", 4, 0x2240);
	link_global(o, arm ? "__b_veneer" : "room", arm ? 0 : 4, 0x1030);
	for (size_t i = 0; i < f->job.ninputs; i++)
		f->objects[i].record.machine = o->record.machine;
}

/* Sizes of what has its bytes in the file stay as they are. */
static inline void job_change(struct link_fixture *f, uint8_t what, uint64_t v)
{
	struct fixture_object *o = what & 3 ? &f->objects[(what & 3) - 1]
					    : &f->image;
	struct obj_section *s = &o->sections[(what >> 2) % 7];
	struct obj_symbol *y = &o->symbols[(what >> 2) % 7];

	switch (what >> 5) {
	case 0:
	case 1:
		s->addr = v;
		break;
	case 2:
		if (s->type == SHT_NOBITS || !s->content)
			s->size = v;
		break;
	case 3:
		s->align = v ? v : 1;
		break;
	case 4:
		y->value = v;
		break;
	case 5:
		y->size = v;
		break;
	case 6:
		s->flags ^= v & (SHF_ALLOC | SHF_WRITE | SHF_EXECINSTR);
		break;
	default:
		s->entsize = v;
	}
}

/* What is left of the input after the changes. */
static inline size_t job_start(struct link_fixture *f, const uint8_t **data,
			       size_t size)
{
	uint8_t head = (*data)[0];

	link_start(f);
	job_inputs(f, head & 1);
	job_image(f, head & 1);
	if (head & 16)
		job_references(f);
	(*data)++;
	size--;
	for (int i = head >> 1 & 7; i && size >= 9; i--) {
		uint64_t v;

		memcpy(&v, *data + 1, sizeof(v));
		job_change(f, **data, v);
		*data += 9;
		size -= 9;
	}
	return size;
}

/* Every line of the way from the objects to the image adds up. */
static inline void job_check(const struct link_fixture *f)
{
	const struct layout *l = &f->layout;
	uint64_t sum = 0, image = 0;

	for (size_t i = 0; i < l->nlines; i++) {
		const struct link_line *x = &l->lines[i];

		if (x->kind == LINE_IMAGE)
			image += (uint64_t)x->bytes;
		else if (x->kind <= LINE_UNEXPLAINED)
			sum += (uint64_t)x->bytes;
	}
	if (sum != image)
		abort();
	for (size_t i = 0; i < l->nplacements; i++) {
		const struct placement *p = &l->placements[i];

		if (p->input >= f->job.ninputs ||
		    p->section >= f->objects[p->input].record.nsections ||
		    (p->output != PLACED_NOWHERE &&
		     p->output >= f->image.record.nsections))
			abort();
	}
}

/* With texts of their exact sizes; NULL: there is none. */
static inline void job_run(struct link_fixture *f, const uint8_t *script,
			   size_t script_len, const uint8_t *map,
			   size_t map_len)
{
	char *s = malloc(script_len + !script_len);
	char *m = malloc(map_len + !map_len);

	if (!s || !m)
		abort();
	if (script)
		memcpy(s, script, script_len);
	if (map)
		memcpy(m, map, map_len);
	f->job.script = script ? s : NULL;
	f->job.script_len = script_len;
	f->job.map = map ? m : NULL;
	f->job.map_len = map_len;
	if (link_layout_compute(&f->job, &f->layout, &f->err))
		abort();
	job_check(f);
	layout_release(&f->layout);
	free(s);
	free(m);
}

#endif
