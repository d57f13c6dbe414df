/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/exidx.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "link/scale.h"
#include "support/grow.h"

#define ENTRY 8
#define CANTUNWIND 1
#define INLINE_UNWIND 0x80000000u
static const char prefix[] = ".ARM.exidx";

/* A piece of code, in the order of addresses. */
struct code_piece {
	uint64_t output_start;
	size_t place;
	uint32_t sec;
	uint32_t index; /* its section of the unwind index, or NO_SEC */
	bool skip;	/* the script discards its index */
};

struct code_list {
	struct code_piece *v;
	size_t n, cap;
	uint32_t *rank; /* sec -> place of the code it describes */
};

/* A section of the unwind index that is to be sorted. */
struct code_index {
	uint32_t rank, place, sec;
};

static bool is_index(const struct link_work *w, const struct in_section *x)
{
	return !x->linker && link_sec(w, x)->type == SHT_ARM_EXIDX;
}

/* ".ARM.exidx.init.text" describes ".init.text", ".ARM.exidx" ".text". */
static uint32_t code_of(const struct link_work *w, const struct in_section *x)
{
	const char *name = w->names.list[x->name].text;
	uint32_t id;

	if (strncmp(name, prefix, sizeof(prefix) - 1) != 0)
		return NO_SEC;
	name += sizeof(prefix) - 1;
	if (!*name)
		name = ".text";
	id = intern_find(&w->names, name, strlen(name));
	return id == INTERN_NONE ? NO_SEC : link_find_sec(w, x->input, id);
}

static int compare_code(const void *x, const void *y)
{
	const struct code_piece *a = x, *b = y;

	if (a->output_start != b->output_start)
		return a->output_start < b->output_start ? -1 : 1;
	return (a->place > b->place) - (a->place < b->place);
}

static int collect_code(const struct link_work *w, const struct script *s,
			struct code_list *c, struct err *e)
{
	for (size_t i = 0; i < s->nstmts; i++) {
		const struct script_stmt *stmt = &s->stmts[i];

		if (stmt->kind != STMT_INPUT || stmt->output == PLACED_NOWHERE)
			continue;
		for (uint32_t k = stmt->secs.head; k != NO_SEC;
		     k = w->secs[k].next) {
			const struct in_section *x = &w->secs[k];

			if (x->linker || link_sec(w, x)->type != SHT_PROGBITS ||
			    !(link_sec(w, x)->flags & SHF_EXECINSTR))
				continue;
			if (grow_room((void **)&c->v, c->n, &c->cap,
				      sizeof(*c->v)))
				return err_nomem(e);
			c->v[c->n] = (struct code_piece){
				.output_start = w->outs[stmt->output].start,
				.place = c->n,
				.sec = k,
				.index = NO_SEC,
			};
			c->n++;
		}
	}
	if (c->n)
		qsort(c->v, c->n, sizeof(*c->v), compare_code);
	return 0;
}

/* Links code and index; false where there is no index at all. */
static bool pair_up(struct link_work *w, struct code_list *c, bool *ret_content)
{
	bool any = false;

	*ret_content = true;
	for (size_t i = 0; i < c->n; i++)
		c->rank[c->v[i].sec] = (uint32_t)i;
	for (uint32_t k = 0; k < w->nreal; k++) {
		const struct in_section *x = &w->secs[k];
		uint32_t code;

		if (!is_index(w, x))
			continue;
		code = code_of(w, x);
		if (code == NO_SEC || c->rank[code] == NO_SEC)
			code = NO_SEC;
		if (x->state != SEC_PLACED) {
			if (code != NO_SEC)
				c->v[c->rank[code]].skip = true;
			continue;
		}
		any = true;
		if (!link_sec(w, x)->content && x->size)
			*ret_content = false;
		if (code == NO_SEC)
			continue;
		c->v[c->rank[code]].index = k;
		c->rank[k] = c->rank[code];
	}
	return any;
}

static uint32_t read32(const unsigned char *p, bool big)
{
	if (big)
		return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
		       (uint32_t)p[2] << 8 | p[3];
	return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[1] << 8 | p[0];
}

/* What the entry before said: nothing yet, no unwinding, inline, a table. */
enum unwind { UNWIND_NONE, UNWIND_CANT, UNWIND_INLINE, UNWIND_TABLE };

struct editor {
	struct link_work *w;
	enum unwind last;
	uint32_t last_word;
	uint32_t last_sec; /* NO_SEC before the first */
	bool big;
};

static void add_end(struct editor *ed)
{
	ed->w->secs[ed->last_sec].size += ENTRY;
	ed->last = UNWIND_CANT;
}

static void edit_section(struct editor *ed, uint32_t sec)
{
	struct in_section *x = &ed->w->secs[sec];
	const struct obj_section *s = link_sec(ed->w, x);

	/* Code before the first that is described has no unwind data. */
	if (s->size >= ENTRY && read32(s->content, ed->big) != 0 &&
	    ed->last > UNWIND_CANT)
		add_end(ed);
	for (uint64_t at = 0; at + ENTRY <= s->size; at += ENTRY) {
		uint32_t word = read32(s->content + at + 4, ed->big);
		enum unwind now = UNWIND_TABLE;
		bool same = false;

		if (word == CANTUNWIND) {
			now = UNWIND_CANT;
			same = ed->last == UNWIND_CANT;
		} else if (word & INLINE_UNWIND) {
			now = UNWIND_INLINE;
			same = ed->last == UNWIND_INLINE &&
			       ed->last_word == word;
			ed->last_word = word;
		}
		if (same)
			x->size -= ENTRY;
		ed->last = now;
	}
	ed->last_sec = sec;
}

static void edit_all(struct link_work *w, const struct code_list *c)
{
	struct editor ed = {
		.w = w,
		.last_sec = NO_SEC,
		.big = w->job->image->encoding == ELFDATA2MSB,
	};

	for (size_t i = 0; i < c->n; i++) {
		const struct code_piece *code = &c->v[i];

		if (code->index != NO_SEC)
			edit_section(&ed, code->index);
		else if (!code->skip && ed.last_sec != NO_SEC &&
			 ed.last != UNWIND_CANT && w->secs[code->sec].size)
			add_end(&ed);
	}
	if (ed.last_sec != NO_SEC && ed.last != UNWIND_CANT)
		add_end(&ed);
}

static int compare_index(const void *x, const void *y)
{
	const struct code_index *a = x, *b = y;

	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return (a->place > b->place) - (a->place < b->place);
}

/* SHF_LINK_ORDER: the index is in the order of its code. */
static void sort_statement(struct link_work *w, struct sec_list *secs,
			   const struct code_list *c, struct code_index *room)
{
	uint32_t n = 0;

	for (uint32_t k = secs->head; k != NO_SEC; k = w->secs[k].next) {
		if (!is_index(w, &w->secs[k]) || c->rank[k] == NO_SEC)
			return;
		room[n] = (struct code_index){ c->rank[k], n, k };
		n++;
	}
	qsort(room, n, sizeof(*room), compare_index);
	secs->head = room[0].sec;
	secs->tail = room[n - 1].sec;
	for (uint32_t i = 0; i < n; i++)
		w->secs[room[i].sec].next = i + 1 < n ? room[i + 1].sec
						      : NO_SEC;
}

static int sort_index(struct link_work *w, struct script *s,
		      const struct code_list *c, struct err *e)
{
	struct code_index *room = calloc(w->nsecs + 1, sizeof(*room));

	if (!room)
		return err_nomem(e);
	for (size_t i = 0; i < s->nstmts; i++) {
		struct script_stmt *stmt = &s->stmts[i];

		if (stmt->kind == STMT_INPUT && stmt->secs.n > 1)
			sort_statement(w, &stmt->secs, c, room);
	}
	free(room);
	return 0;
}

int exidx_edit(struct link_work *w, struct script *s, struct err *e)
{
	struct code_list c = { 0 };
	bool content;
	int r;

	if (w->job->image->machine != EM_ARM)
		return 0;
	c.rank = malloc((w->nsecs + 1) * sizeof(*c.rank));
	if (!c.rank)
		return err_nomem(e);
	memset(c.rank, 0xff, (w->nsecs + 1) * sizeof(*c.rank));
	r = collect_code(w, s, &c, e);
	if (!r && pair_up(w, &c, &content)) {
		if (content)
			edit_all(w, &c);
		else
			r = link_scale(w, is_index, ENTRY, e);
		if (!r)
			r = sort_index(w, s, &c, e);
	}
	free(c.v);
	free(c.rank);
	return r;
}
