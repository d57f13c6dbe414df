/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/map/sink.h"

#include <stdlib.h>
#include <string.h>

#include "support/grow.h"

static struct token plain_path(struct token t)
{
	while (t.len > 2 && t.text[0] == '.' && t.text[1] == '/') {
		t.text += 2;
		t.len -= 2;
	}
	return t;
}

static int add_file(struct linkmap *m, struct token name, uint32_t input,
		    struct err *e)
{
	uint32_t id;

	name = plain_path(name);
	id = intern_borrow(&m->files, name.text, name.len);
	if (id == INTERN_NONE ||
	    grow_room((void **)&m->file_input, id, &m->file_input_cap,
		      sizeof(*m->file_input)))
		return err_nomem(e);
	if (id + 1 == m->files.count)
		m->file_input[id] = input;
	return 0;
}

/* A member of a thin archive is called by its path, of another by
 * archive(member). */
static int index_files(struct linkmap *m, struct err *e)
{
	const struct link_job *job = m->w->job;

	for (uint32_t i = 0; i < job->ninputs; i++) {
		const struct link_input *in = &job->inputs[i];
		const char *base = strrchr(in->path, '/');
		char *member;

		if (add_file(m, (struct token){ in->path, strlen(in->path) }, i,
			     e))
			return -ERR_NOMEM;
		if (!in->archive)
			continue;
		base = base ? base + 1 : in->path;
		member = arena_printf(&m->w->scratch, "%s(%s)", in->archive,
				      base);
		if (!member)
			return err_nomem(e);
		if (add_file(m, (struct token){ member, strlen(member) }, i, e))
			return -ERR_NOMEM;
	}
	return 0;
}

static uint32_t find_input(const struct linkmap *m, struct token file)
{
	uint32_t id;

	file = plain_path(file);
	id = intern_find(&m->files, file.text, file.len);
	if (id == INTERN_NONE) {
		/* lld writes members of a thin archive as archive(path). */
		const char *open = memchr(file.text, '(', file.len);

		if (!open || file.text[file.len - 1] != ')')
			return NO_SEC;
		file.len -= (size_t)(open - file.text) + 2;
		file.text = open + 1;
		file = plain_path(file);
		id = intern_find(&m->files, file.text, file.len);
	}
	return id == INTERN_NONE ? NO_SEC : m->file_input[id];
}

/* Sections of one name in one object are told in their order. */
static struct in_section *next_section(struct linkmap *m, uint32_t input,
				       struct token name)
{
	uint32_t id = intern_find(&m->w->names, name.text, name.len);
	uint32_t head, sec;

	if (id == INTERN_NONE)
		return NULL;
	head = link_find_sec(m->w, input, id);
	if (head == NO_SEC)
		return NULL;
	sec = m->cursor[head];
	if (sec == NO_SEC)
		return NULL;
	m->cursor[head] = m->w->secs[sec].same;
	return &m->w->secs[sec];
}

/* GNU ld prints a section of which all was merged into others with the size
 * it had: what comes after it tells that it has none. */
static void clip_last(struct linkmap *m, uint64_t addr)
{
	struct in_section *x = m->last;

	m->last = NULL;
	if (x && x->merges && addr >= x->addr && addr - x->addr < x->size)
		x->size = addr - x->addr;
}

void linkmap_output(struct linkmap *m, struct token name, uint64_t addr,
		    uint64_t size, const uint64_t *load)
{
	uint32_t output = link_output(m->w, name.text, name.len);
	struct out_section *o;

	linkmap_close(m);
	if (output == PLACED_NOWHERE)
		return;
	o = &m->w->outs[output];
	if (o->start != addr || o->end - o->start != size) {
		m->bad++;
		return;
	}
	m->good++;
	m->output = output;
	o->begun = true;
	o->load = load ? *load : addr;
	o->has_load = true;
}

void linkmap_close(struct linkmap *m)
{
	if (m->output != PLACED_NOWHERE)
		clip_last(m, m->w->outs[m->output].end);
	m->output = PLACED_NOWHERE;
}

static int add_foreign(struct linkmap *m, struct token section,
		       struct token file, uint64_t addr, uint64_t size,
		       struct err *e)
{
	if (grow_room((void **)&m->foreign, m->nforeign, &m->foreign_cap,
		      sizeof(*m->foreign)))
		return err_nomem(e);
	m->foreign[m->nforeign++] = (struct linkmap_foreign){
		.name = intern_find(&m->w->names, section.text, section.len),
		.output = m->output,
		.addr = addr,
		.size = size,
		.text = section,
		.merged = token_is(&file, "<internal>"),
	};
	return 0;
}

static int add_made(struct linkmap *m, struct token section, uint64_t size,
		    struct err *e)
{
	char *name;

	if (!size)
		return 0;
	m->w->outs[m->output].other += size;
	name = arena_strndup(&m->w->scratch, section.text, section.len);
	return name ? link_made(m->w, name, size, e) : err_nomem(e);
}

int linkmap_input(struct linkmap *m, struct token section, struct token file,
		  uint64_t addr, uint64_t size, struct err *e)
{
	struct in_section *x;
	uint32_t input;

	if (m->output == PLACED_NOWHERE)
		return 0;
	clip_last(m, addr);
	if (token_is(&section, "COMMON")) {
		m->w->outs[m->output].common += size;
		return 0;
	}
	input = find_input(m, file);
	if (input == NO_SEC && !token_is(&file, "linker stubs"))
		return add_foreign(m, section, file, addr, size, e);
	x = input == NO_SEC ? NULL : next_section(m, input, section);
	if (!x)
		return add_made(m, section, size, e);
	x->state = SEC_PLACED;
	x->output = m->output;
	x->addr = addr;
	x->size = size;
	m->last = x;
	m->w->outs[m->output].nsecs++;
	return 0;
}

int linkmap_discarded(struct linkmap *m, struct token section,
		      struct token file, struct err *e)
{
	uint32_t input = find_input(m, file);
	struct in_section *x;

	if (input == NO_SEC)
		return add_foreign(m, section, file, 0, 0, e);
	x = next_section(m, input, section);
	if (x)
		x->state = SEC_DISCARDED;
	return 0;
}

void linkmap_fill(struct linkmap *m, uint64_t addr, uint64_t bytes, bool script)
{
	struct out_section *o;

	if (m->output == PLACED_NOWHERE)
		return;
	o = &m->w->outs[m->output];
	if (addr < o->start || addr > o->end || bytes > o->end - addr)
		return;
	clip_last(m, addr);
	if (script)
		o->script += bytes;
	else
		link_fill(o, bytes, addr + bytes);
}

int linkmap_init(struct linkmap *m, struct link_work *w, struct err *e)
{
	*m = (struct linkmap){ .w = w, .output = PLACED_NOWHERE };
	m->cursor = malloc((w->nsecs + 1) * sizeof(*m->cursor));
	if (!m->cursor)
		return err_nomem(e);
	for (uint32_t i = 0; i < w->nsecs; i++)
		m->cursor[i] = i;
	return index_files(m, e);
}

void linkmap_release(struct linkmap *m)
{
	intern_release(&m->files);
	free(m->file_input);
	free(m->cursor);
	free(m->foreign);
}
