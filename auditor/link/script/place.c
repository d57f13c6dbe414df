/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The linker script as the source of a layout: replays it in the ways that
 * linkers differ in, and keeps the one that the image agrees with.
 */
#include "link/script/place.h"

#include <string.h>

#include "link/exidx.h"
#include "link/scale.h"
#include "link/script/match.h"
#include "link/script/order.h"
#include "link/script/parse.h"
#include "link/script/replay.h"
#include "link/script/sort.h"
#include "link/script/stmt.h"

/* An ELF note: header, "GNU" and the id. */
#define BUILD_ID_HEADER 16

/* ld --build-id puts its note after the first input's own sections. */
static int add_build_id(struct link_work *w, struct err *e)
{
	static const char name[] = ".note.gnu.build-id";
	size_t len = w->job->image->build_id_len;
	uint32_t id;

	if (!len || !w->job->ninputs)
		return 0;
	id = intern_borrow(&w->names, name, sizeof(name) - 1);
	if (id == INTERN_NONE)
		return err_nomem(e);
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

static int find_script_symbols(struct replay *p, struct err *e)
{
	const struct script *s = p->s;

	for (size_t i = 0; i < s->nstmts; i++)
		if (s->stmts[i].kind == STMT_ASSIGN &&
		    intern_borrow(&p->syms, s->stmts[i].name.text,
				  s->stmts[i].name.len) == INTERN_NONE)
			return err_nomem(e);
	p->sym_values = arena_calloc(&p->w->scratch, p->syms.count + 1,
				     sizeof(*p->sym_values));
	return p->sym_values ? 0 : err_nomem(e);
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
static int place_orphans(struct replay *p, struct err *e)
{
	struct link_work *w = p->w;

	for (size_t i = 0; i < w->nsecs; i++) {
		struct in_section *x = &w->secs[p->order.secs[i]];
		const struct intern_text *name = &w->names.list[x->name];

		if (x->state != SEC_UNSEEN)
			continue;
		replay_enter(p, link_output(w, name->text, name->len));
		p->subalign = 0;
		if (replay_section(p, p->order.secs[i], e))
			return -ERR_NOMEM;
		if (p->output != PLACED_NOWHERE)
			w->outs[p->output].dot = p->dot;
	}
	p->output = PLACED_NOWHERE;
	return 0;
}

static size_t count_moved(const struct link_work *w)
{
	size_t n = 0;

	for (size_t i = 0; i < w->nsecs; i++)
		n += w->secs[i].moved;
	return n;
}

static size_t score(const struct replay *p)
{
	const struct link_work *w = p->w;
	size_t n = p->odd + count_moved(w);

	for (size_t i = 0; i < w->job->image->nsections; i++)
		n += w->outs[i].begun && w->outs[i].dot != w->outs[i].end;
	return n;
}

static int run(struct replay *p, struct err *e)
{
	struct link_work *w = p->w;
	int r = script_match(p->s, w, p->order.secs, p->mode.merge == MERGE_LLD,
			     e);

	for (size_t i = 0; !r && i < p->s->nstmts; i++)
		r = script_sort(p->s, &p->s->stmts[i], w, e);
	if (!r)
		r = merge_sections(w, p->order.secs, p->mode.merge, e);
	if (r)
		return r;
	merge_properties(w, p->order.secs);
	r = exidx_edit(w, p->s, e);
	if (!r)
		r = link_scale(w, link_is_eh_frame, 4, e);
	if (!r)
		r = replay_run(p, e);
	return r ? r : place_orphans(p, e);
}

/* Matches, merges, and places all sections of w.  *ret_score is how often the
 * image says otherwise: 0 is a perfect replay. */
static int replay(struct link_work *w, struct script *s,
		  struct replay_mode mode, size_t *ret_score, struct err *e)
{
	struct replay p = {
		.w = w,
		.s = s,
		.mode = mode,
		.output = PLACED_NOWHERE,
		.last = PLACED_NOWHERE,
		.block = INTERN_NONE,
		.last_sec = NO_SEC,
	};
	int r;

	link_work_reset(w);
	r = add_build_id(w, e);
	if (!r)
		r = script_order_make(w, mode.composite, &p.order, e);
	if (!r)
		r = find_script_symbols(&p, e);
	if (!r)
		r = veneers_find(&p.veneers, w, e);
	if (!r)
		r = commons_find(&p.commons, w, e);
	if (!r)
		r = run(&p, e);
	intern_release(&p.syms);
	if (!r)
		*ret_score = score(&p);
	return r;
}

static int say_ends(struct link_work *w, struct err *e)
{
	const struct object_record *image = w->job->image;
	int r = 0;

	for (size_t i = 0; !r && i < image->nsections; i++) {
		const struct out_section *o = &w->outs[i];

		if (o->begun && o->nsecs && o->dot != o->end)
			r = link_remark(
				w, e,
				"'%s' ends %lld bytes after what the linker script gives",
				image->sections[i].name,
				(long long)(o->end - o->dot));
	}
	return r;
}

static int say_score(struct link_work *w, const struct script *s, struct err *e)
{
	size_t moved = count_moved(w);
	int r = 0;

	if (moved)
		r = link_remark(
			w, e,
			"%zu sections were placed by their symbols: the linker script puts them elsewhere",
			moved);
	if (!r && w->ndropped)
		r = link_remark(
			w, e,
			"%zu sections are not in the image though the script takes them: none of their symbols is there",
			w->ndropped);
	if (!r && w->ngarbage)
		r = link_remark(
			w, e,
			"%zu sections were garbage-collected (--gc-sections): nothing refers to them",
			w->ngarbage);
	if (!r && w->nrelaxed)
		r = link_remark(
			w, e,
			"%zu times the image tells that the linker shortened code: who got shorter is approximate",
			w->nrelaxed);
	if (!r && s->nodd)
		r = link_remark(
			w, e,
			"%zu statements of the linker script could not be read, the first at '%.*s'",
			s->nodd, (int)(s->odd.len > 60 ? 60 : s->odd.len),
			s->odd.text);
	return r ? r : say_ends(w, e);
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
	int r;

	for (size_t i = 0; i < n && least; i++) {
		r = replay(w, s, modes[i], &got, e);
		if (r)
			return r;
		last = i;
		if (got < least) {
			least = got;
			best = i;
		}
	}
	if (best != last) {
		r = replay(w, s, modes[best], &got, e);
		if (r)
			return r;
	}
	if (!modes[best].composite)
		return 0;
	return link_remark(
		w, e,
		"the image was linked from one object made of all others: their sections are together by name");
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

int script_place(struct link_work *w, struct err *e)
{
	struct script s;
	int r;

	if (!w->job->script)
		return 0;
	r = script_parse(&s, w->job->script, w->job->script_len, e);
	if (r)
		return r;
	note_assigned(w, &s);
	if (s.nstmts) {
		r = replay_best(w, &s, e);
		if (!r)
			r = say_score(w, &s, e);
		if (!r)
			r = 1;
	}
	script_release(&s);
	return r;
}
