/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The linker script as the source of a layout: replays it in the ways that
 * linkers differ in, and keeps the one that the image agrees with.
 */
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "link/exidx.h"
#include "link/script/replay.h"
#include "link/script/sort.h"

/* An ELF note: header, "GNU" and the id. */
#define BUILD_ID_HEADER 16

/* ld --build-id puts its note behind the first input's own sections. */
static int add_build_id(struct link_work *w)
{
	static const char name[] = ".note.gnu.build-id";
	size_t len = w->job->image->build_id_len;
	uint32_t id;

	if (!len || !w->job->ninputs)
		return 0;
	id = intern_borrow(&w->names, name, sizeof(name) - 1);
	if (id == INTERN_NONE)
		return -1;
	w->secs[w->nsecs++] = (struct in_section){
		.input = 0,
		.name = id,
		.same = NO_SEC,
		.next = NO_SEC,
		.output = PLACED_NOWHERE,
		.size = BUILD_ID_HEADER + len,
		.linker = true,
	};
	return 0;
}

/* Chains through a stretch of the order, of places in it + 1. */
struct chains {
	uint32_t *list;	 /* the stretch */
	uint32_t *first; /* of each name; all 0 between two stretches */
	uint32_t *next;	 /* of the same name */
};

static int make_chains(struct link_work *w, struct chains *c)
{
	c->list = arena_calloc(&w->scratch, w->nsecs + 1, sizeof(*c->list));
	c->next = arena_calloc(&w->scratch, w->nsecs + 1, sizeof(*c->next));
	c->first = arena_calloc(&w->scratch, w->names.count + 1,
				sizeof(*c->first));
	return c->list && c->next && c->first ? 0 : -1;
}

/* The sections from place `from` to `to` of the order, those of one name
 * together, as "ld -r" had put them. */
static void group_names(struct replay *r, struct chains *c, size_t from,
			size_t to)
{
	const struct in_section *secs = r->w->secs;
	size_t n = to - from;

	memcpy(c->list, r->order + from, n * sizeof(*c->list));
	for (size_t i = n; i-- > 0;) {
		uint32_t *first = &c->first[secs[c->list[i]].name];

		c->next[i] = *first;
		*first = (uint32_t)i + 1;
	}
	for (size_t i = 0; i < n; i++) {
		uint32_t *first = &c->first[secs[c->list[i]].name];

		for (uint32_t k = *first; k; k = c->next[k - 1])
			r->order[from++] = c->list[k - 1];
		*first = 0;
	}
}

static int make_order(struct replay *r)
{
	struct link_work *w = r->w;
	struct chains c = { 0 };
	size_t at = 0, start = 0;

	r->order = arena_calloc(&w->scratch, w->nsecs + 1, sizeof(*r->order));
	if (!r->order)
		return -1;
	for (uint32_t i = 0; i < w->job->ninputs; i++) {
		uint32_t bond = w->job->inputs[i].bond;

		if (!i || bond != w->job->inputs[i - 1].bond)
			start = at;
		for (uint32_t k = w->first[i]; k < w->first[i + 1]; k++)
			r->order[at++] = k;
		if (bond && (i + 1 == w->job->ninputs ||
			     bond != w->job->inputs[i + 1].bond)) {
			if (!c.list && make_chains(w, &c))
				return -1;
			group_names(r, &c, start, at);
		}
		if (!i)
			for (size_t k = w->nreal; k < w->nsecs; k++)
				r->order[at++] = (uint32_t)k;
	}
	return 0;
}

/* For "ld -r" of all: by name, then as before; those of the final link
 * stay behind. */
static int make_composite_order(struct replay *r)
{
	struct link_work *w = r->w;
	size_t names = w->names.count;
	uint32_t *plain = r->order, *next;

	r->order = arena_calloc(&w->scratch, w->nsecs + 1, sizeof(*r->order));
	next = arena_calloc(&w->scratch, names + 2, sizeof(*next));
	r->name_align = arena_calloc(&w->scratch, names + 1,
				     sizeof(*r->name_align));
	if (!r->order || !next || !r->name_align)
		return -1;
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < w->nsecs; i++) {
			const struct in_section *x = &w->secs[plain[i]];
			bool late = w->job->inputs[x->input].linktime;
			size_t name = late ? names : x->name;
			uint64_t align = x->linker ? 1 : link_sec(w, x)->align;

			if (pass) {
				r->order[next[name]++] = plain[i];
				continue;
			}
			next[name + 1]++;
			if (!late && align > r->name_align[name])
				r->name_align[name] = align;
		}
		for (size_t i = 0; !pass && i <= names; i++)
			next[i + 1] += next[i];
	}
	return 0;
}

static int find_script_symbols(struct replay *r)
{
	const struct script *s = r->s;

	for (size_t i = 0; i < s->nstmts; i++)
		if (s->stmts[i].kind == STMT_ASSIGN &&
		    intern_borrow(&r->syms, s->stmts[i].name.text,
				  s->stmts[i].name.len) == INTERN_NONE)
			return -1;
	r->sym_values = arena_calloc(&r->w->scratch, r->syms.count + 1,
				     sizeof(*r->sym_values));
	return r->sym_values ? 0 : -1;
}

/* The linker merges .note.gnu.property of all inputs into the first. */
static void merge_properties(struct link_work *w, const uint32_t *order)
{
	static const char name[] = ".note.gnu.property";
	uint32_t id = intern_find(&w->names, name, sizeof(name) - 1);
	bool first = true;

	for (size_t i = 0; id != INTERN_NONE && i < w->nsecs; i++) {
		struct in_section *x = &w->secs[order[i]];

		if (x->name != id || x->output == PLACED_NOWHERE)
			continue;
		if (!first) {
			x->size = 0;
			x->empty = true;
		}
		first = false;
	}
}

/* What no statement takes goes to a section of its own name. */
static int place_orphans(struct replay *r)
{
	struct link_work *w = r->w;

	for (size_t i = 0; i < w->nsecs; i++) {
		struct in_section *x = &w->secs[r->order[i]];
		const struct intern_text *name = &w->names.list[x->name];

		if (x->state != SEC_UNSEEN)
			continue;
		replay_enter(r, link_output(w, name->text, name->len));
		r->subalign = 0;
		if (replay_section(r, r->order[i]))
			return -1;
		if (r->output != PLACED_NOWHERE)
			w->outs[r->output].dot = r->dot;
	}
	r->output = PLACED_NOWHERE;
	return 0;
}

static size_t count_moved(const struct link_work *w)
{
	size_t n = 0;

	for (size_t i = 0; i < w->nsecs; i++)
		n += w->secs[i].moved;
	return n;
}

static size_t score(const struct replay *r)
{
	const struct link_work *w = r->w;
	size_t n = r->odd + count_moved(w);

	for (size_t i = 0; i < w->job->image->nsections; i++)
		n += w->outs[i].begun && w->outs[i].dot != w->outs[i].end;
	return n;
}

static int run(struct replay *r, struct err *e)
{
	struct link_work *w = r->w;
	int rc = script_match(r->s, w, r->order, r->mode.merge == MERGE_LLD, e);

	if (rc)
		return rc;
	for (size_t i = 0; i < r->s->nstmts; i++)
		if (script_sort(r->s, &r->s->stmts[i], w))
			return link_nomem(e);
	rc = merge_sections(w, r->order, r->mode.merge, e);
	if (rc)
		return rc;
	merge_properties(w, r->order);
	rc = exidx_edit(w, r->s, e);
	if (rc)
		return rc;
	if (link_scale(w, link_is_eh_frame, 4))
		return link_nomem(e);
	return replay_run(r) || place_orphans(r) ? link_nomem(e) : 0;
}

int script_replay(struct link_work *w, struct script *s,
		  struct replay_mode mode, size_t *ret_score, struct err *e)
{
	struct replay r = {
		.w = w,
		.s = s,
		.mode = mode,
		.output = PLACED_NOWHERE,
		.last = PLACED_NOWHERE,
		.block = INTERN_NONE,
		.last_sec = NO_SEC,
	};
	int rc;

	link_work_reset(w);
	if (add_build_id(w) || make_order(&r) ||
	    (mode.composite && make_composite_order(&r)) ||
	    find_script_symbols(&r) || veneers_find(&r))
		rc = link_nomem(e);
	else
		rc = run(&r, e);
	intern_release(&r.syms);
	if (!rc)
		*ret_score = score(&r);
	return rc;
}

static int say_score(struct link_work *w, const struct script *s)
{
	const struct object_record *image = w->job->image;
	size_t moved = count_moved(w);

	if (moved &&
	    link_remark(
		    w,
		    "%zu sections were placed by their symbols: the linker script puts them elsewhere",
		    moved))
		return -1;
	if (w->ndropped &&
	    link_remark(
		    w,
		    "%zu sections are not in the image though the script takes them: none of their symbols is there",
		    w->ndropped))
		return -1;
	if (w->ngarbage &&
	    link_remark(
		    w,
		    "%zu sections were linked away (--gc-sections): nothing needs them",
		    w->ngarbage))
		return -1;
	if (w->nrelaxed &&
	    link_remark(
		    w,
		    "%zu times the image tells that the linker shortened code: who got shorter is approximate",
		    w->nrelaxed))
		return -1;
	if (s->nodd &&
	    link_remark(
		    w,
		    "%zu statements of the linker script could not be read, the first at '%.*s'",
		    s->nodd, (int)(s->odd.len > 60 ? 60 : s->odd.len),
		    s->odd.text))
		return -1;
	for (size_t i = 0; i < image->nsections; i++) {
		const struct out_section *o = &w->outs[i];

		if (o->begun && o->nsecs && o->dot != o->end &&
		    link_remark(
			    w,
			    "'%s' ends %lld bytes behind what the linker script gives",
			    image->sections[i].name,
			    (long long)(o->end - o->dot)))
			return -1;
	}
	return 0;
}

/* The usual link first; the others only where the image disagrees. */
static int replay_best(struct link_work *w, struct script *s, struct err *e)
{
	static const struct replay_mode modes[] = {
		{ false, MERGE_SPREAD },
		{ true, MERGE_FIRST },
		{ false, MERGE_FIRST },
		{ false, MERGE_LLD },
	};
	size_t n = sizeof(modes) / sizeof(*modes);
	size_t best = 0, last = 0, least = SIZE_MAX, got = 0;
	int rc;

	for (size_t i = 0; i < n && least; i++) {
		rc = script_replay(w, s, modes[i], &got, e);
		if (rc)
			return rc;
		last = i;
		if (got < least) {
			least = got;
			best = i;
		}
	}
	if (best != last) {
		rc = script_replay(w, s, modes[best], &got, e);
		if (rc)
			return rc;
	}
	if (modes[best].composite &&
	    link_remark(
		    w,
		    "the image was linked from one object made of all others: their sections stand together by name"))
		return link_nomem(e);
	return 0;
}

/* "init_stack = .;" goes before the object's own. */
static void note_assigned(struct link_work *w, const struct script *s)
{
	for (size_t i = 0; i < s->nstmts; i++) {
		const struct script_stmt *x = &s->stmts[i];
		uint32_t id;

		if (x->kind != STMT_ASSIGN || x->provide)
			continue;
		id = intern_find(&w->symbols, x->name.text, x->name.len);
		if (id != INTERN_NONE)
			w->assigned[id] = true;
	}
	link_find_symbol_addrs(w);
}

int link_script_place(struct link_work *w, struct err *e)
{
	struct script s;
	int rc;

	if (!w->job->script)
		return 0;
	if (script_parse(&s, w->job->script, w->job->script_len))
		return link_nomem(e);
	note_assigned(w, &s);
	rc = s.nstmts ? replay_best(w, &s, e) : 0;
	if (!rc && s.nstmts)
		rc = say_score(w, &s) ? link_nomem(e) : 1;
	script_release(&s);
	return rc;
}
