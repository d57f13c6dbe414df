/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Links for the tests of link/, of records made by hand.
 */
#ifndef LINK_FIXTURE_H
#define LINK_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <elf.h>
#include <string.h>

#include "link/layout.h"

#define UNUSED __attribute__((unused))
#define FIXTURE_MAX 8

struct fixture_object {
	struct object_record record;
	struct obj_section sections[FIXTURE_MAX];
	struct obj_symbol symbols[FIXTURE_MAX];
};

struct link_fixture {
	struct fixture_object objects[FIXTURE_MAX], image;
	struct link_input inputs[FIXTURE_MAX];
	struct link_job job;
	struct layout layout;
	struct err err;
};

static UNUSED void link_start(struct link_fixture *f)
{
	memset(f, 0, sizeof(*f));
	f->job.inputs = f->inputs;
	f->job.image = &f->image.record;
	f->image.record.sections = f->image.sections;
	f->image.record.symbols = f->image.symbols;
}

static UNUSED struct fixture_object *link_object(struct link_fixture *f,
						 const char *path)
{
	struct fixture_object *o = &f->objects[f->job.ninputs];

	assert_true(f->job.ninputs < FIXTURE_MAX);
	o->record.sections = o->sections;
	o->record.symbols = o->symbols;
	f->inputs[f->job.ninputs++] = (struct link_input){
		.path = path,
		.record = &o->record,
	};
	return o;
}

/* Bytes count as text: which of the three does not matter here. */
static UNUSED struct obj_section *link_section(struct fixture_object *o,
					       const char *name, uint64_t addr,
					       uint64_t size, uint64_t align)
{
	struct obj_section *s = &o->sections[o->record.nsections++];

	assert_true(o->record.nsections <= FIXTURE_MAX);
	*s = (struct obj_section){
		.name = name,
		.type = SHT_PROGBITS,
		.flags = SHF_ALLOC,
		.addr = addr,
		.size = size,
		.align = align,
	};
	o->record.text += size;
	return s;
}

/* A section of NUL-terminated strings. */
static UNUSED void link_strings(struct fixture_object *o, const char *name,
				const char *bytes, uint64_t size,
				uint64_t align)
{
	struct obj_section *s = link_section(o, name, 0, size, align);

	s->flags |= SHF_MERGE | SHF_STRINGS;
	s->entsize = 1;
	s->content = (const unsigned char *)bytes;
}

static UNUSED void link_global(struct fixture_object *o, const char *name,
			       uint32_t section, uint64_t value)
{
	struct obj_symbol *s = &o->symbols[o->record.nsymbols++];

	assert_true(o->record.nsymbols <= FIXTURE_MAX);
	*s = (struct obj_symbol){
		.name = name,
		.section = section,
		.value = value,
		.bind = STB_GLOBAL,
		.type = STT_OBJECT,
	};
}

static UNUSED void link_run(struct link_fixture *f, const char *script,
			    const char *map)
{
	f->job.script = script;
	f->job.script_len = script ? strlen(script) : 0;
	f->job.map = map;
	f->job.map_len = map ? strlen(map) : 0;
	assert_int_equal(link_layout_compute(&f->job, &f->layout, &f->err), 0);
}

/* The sum of a kind's lines; of one subject, where subject is not NULL. */
static UNUSED int64_t link_line(const struct link_fixture *f,
				enum link_line_kind kind, const char *subject)
{
	int64_t sum = 0;

	for (size_t i = 0; i < f->layout.nlines; i++) {
		const struct link_line *l = &f->layout.lines[i];

		if (l->kind == kind &&
		    (!subject || strcmp(l->subject, subject) == 0))
			sum += l->bytes;
	}
	return sum;
}

static UNUSED const struct placement *
link_place(const struct link_fixture *f, uint32_t input, const char *section)
{
	for (size_t i = 0; i < f->layout.nplacements; i++) {
		const struct placement *p = &f->layout.placements[i];
		const struct object_record *r = f->inputs[p->input].record;

		if (p->input == input &&
		    strcmp(r->sections[p->section].name, section) == 0)
			return p;
	}
	fail_msg("no place of '%s' in input %u", section, input);
	return NULL;
}

static UNUSED void link_end(struct link_fixture *f)
{
	layout_release(&f->layout);
}

#endif
