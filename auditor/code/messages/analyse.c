/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One function after the other: its paths, its summary, its findings.
 */
#include "code/messages/analyse.h"

#include <stdlib.h>
#include <string.h>

#include "code/decode/machine.h"
#include "code/flow/cfg.h"
#include "code/flow/flow.h"
#include "code/messages/findings.h"
#include "code/messages/known.h"
#include "code/messages/places.h"
#include "code/messages/summary.h"
#include "code/messages/texts.h"

/* Visits of blocks of one function; ext4_fill_super of -O2 needs 10,000. */
#define MAX_VISITS 60000
/* A function whose summary changes more often is never believed. */
#define MAX_CHANGES 8
/* Stretches without a symbol that one function jumps to. */
#define MAX_CHUNKS 32
#define CHUNK_MAX 256
/* Larger functions are cut off at once. */
#define MAX_FUNCTION ((uint64_t)1 << 20)

struct analyser {
	const struct decode_room *room;
	struct decoder *decoder;
	struct flow *flow;
	struct code_lifted lifted;
	struct cfg cfg;
	struct object_facts *f; /* that is looked at */
};

int analyser_open(const struct object_facts *f, struct analyser **ret,
		  struct err *e)
{
	struct analyser *a = calloc(1, sizeof(*a));
	int r;

	if (!a)
		return err_nomem(e);
	a->room = f->job->room;
	a->flow = flow_new();
	if (!a->flow) {
		analyser_close(a);
		return err_nomem(e);
	}
	r = a->room->open(f->o.isa, f->o.big_endian, &a->decoder, e);
	if (r < 0)
		analyser_close(a);
	else
		*ret = a;
	return r;
}

void analyser_close(struct analyser *a)
{
	if (!a)
		return;
	if (a->decoder)
		a->room->close(a->decoder);
	flow_free(a->flow);
	code_lifted_release(&a->lifted);
	cfg_release(&a->cfg);
	free(a);
}

/* ---- what the flow asks ---- */

static void callee_by_summary(const struct summary *s, struct flow_callee *ret)
{
	if (s->outcome.cls != OUTCOME_NONE)
		ret->outcome = &s->outcome;
	ret->gfp = (int8_t)((int)s->gfp_param - 1);
	ret->returns_not = s->returns_not;
	if (s->prints_param) {
		ret->format = (int8_t)(s->prints_param - 1);
		ret->print_kind = s->prints_kind;
	}
	ret->writes_known = s->writes_known;
	ret->writes_nothing = s->writes_nothing;
	ret->writes = s->writes;
}

static void callee(void *context, const struct insn *call,
		   struct flow_callee *ret)
{
	const struct analyser *a = context;
	const struct object_facts *f = a->f;
	const struct known_function *known = NULL;
	const struct summary *s = NULL;

	ret->id = UINT32_MAX;
	if (call->target_kind == TARGET_SYMBOL) {
		ret->id = (uint32_t)call->target;
		known = f->known[ret->id];
		s = f->answers[ret->id];
	} else if (call->target_kind == TARGET_AT) {
		uint32_t i = facts_function_at(f, call->target);

		if (i == UINT32_MAX)
			return;
		ret->id = CALLEE_LOCAL | i;
		known = f->functions[i].known;
		s = f->functions[i].summary;
	}
	if (known)
		known_callee(known, f->m->word, ret);
	else if (s)
		callee_by_summary(s, ret);
}

static bool warns(void *context, uint64_t at)
{
	const struct analyser *a = context;
	size_t low = 0, high = a->f->nwarnings;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (a->f->warnings[mid] < at)
			low = mid + 1;
		else
			high = mid;
	}
	return low < a->f->nwarnings && a->f->warnings[low] == at;
}

static bool is_text(void *context, uint64_t at, bool *ret_nested)
{
	const struct analyser *a = context;
	const char *text = text_at(&a->f->o, at);

	if (!text)
		return false;
	*ret_nested = strstr(text, "%pV") != NULL;
	return true;
}

/* ---- the code of a function ---- */

static void lift_function(struct analyser *a, uint32_t i)
{
	const struct code_function *c = &a->f->o.functions[i];

	a->room->lift(a->decoder, &a->f->o, c->section, c->start, c->size,
		      &a->lifted);
}

static bool is_lifted(const struct code_lifted *l, uint64_t at)
{
	for (size_t i = 0; i < l->nwhere; i++)
		if (l->where[i].at <= at &&
		    at < l->where[i].at + l->where[i].len)
			return true;
	return false;
}

/* Where static_cpu_has() jumps to there is code without a symbol. */
static void lift_chunks(struct analyser *a)
{
	const struct code_object *o = &a->f->o;
	struct code_lifted *l = &a->lifted;
	size_t chunks = 0;

	for (size_t i = 0; i < l->ninsns && chunks < MAX_CHUNKS; i++) {
		const struct insn *s = &l->insns[i];
		uint64_t at = s->target, left;
		uint32_t section;

		if ((s->op != OP_JUMP && s->op != OP_BRANCH) ||
		    s->target_kind != TARGET_AT ||
		    facts_function_around(a->f, at) != UINT32_MAX)
			continue;
		section = CODE_AT_SECTION(at);
		if (section >= o->nsections || !o->sections[section].code ||
		    CODE_AT_OFFSET(at) >= o->sections[section].size ||
		    is_lifted(l, at))
			continue;
		left = o->sections[section].size - CODE_AT_OFFSET(at);
		a->room->lift(a->decoder, o, section, CODE_AT_OFFSET(at),
			      left < CHUNK_MAX ? left : CHUNK_MAX, l);
		chunks++;
	}
}

static uint64_t size_of(const struct object_facts *f, uint32_t i)
{
	uint64_t size = f->o.functions[i].size;

	for (uint32_t p = f->functions[i].first_part; p != UINT32_MAX;
	     p = f->functions[p].next_part)
		size += f->o.functions[p].size;
	return size;
}

static int lift_all(struct analyser *a, uint32_t i, struct err *e)
{
	struct code_lifted *l = &a->lifted;

	l->ninsns = l->nwhere = l->ntargets = 0;
	l->undecoded = 0;
	l->nomem = false;
	lift_function(a, i);
	for (uint32_t p = a->f->functions[i].first_part; p != UINT32_MAX;
	     p = a->f->functions[p].next_part)
		lift_function(a, p);
	lift_chunks(a);
	a->f->functions[i].undecoded = l->undecoded;
	return l->nomem ? err_nomem(e) : 0;
}

/* ---- one function ---- */

static void forget_findings(struct function *g)
{
	free(g->findings);
	g->findings = NULL;
	g->nfindings = 0;
}

/* Nothing is said of it, and nobody may believe anything of it. */
static void cut_off(struct object_facts *f, uint32_t i)
{
	struct function *g = &f->functions[i];

	g->cut_off = true;
	forget_findings(g);
	if (summary_differs(g->summary, summary_none()))
		facts_mark_users(f, i);
	g->summary = summary_none();
}

/* What a function writes is no reason to look at its callers again. */
static int take_summary(struct object_facts *f, uint32_t i,
			const struct summary *s, struct err *e)
{
	struct function *g = &f->functions[i];
	bool changed = summary_differs(g->summary, s);
	struct summary *own;

	if (changed && ++g->changes > MAX_CHANGES) {
		cut_off(f, i);
		return 0;
	}
	/* What it was told first stays when it is looked at again. */
	if (changed || !g->analysed || g->summary == summary_none()) {
		own = arena_alloc(&f->o.arena, sizeof(*own));
		if (!own)
			return err_nomem(e);
		*own = *s;
		g->summary = own;
	}
	if (changed)
		facts_mark_users(f, i);
	return 0;
}

static int analyse(struct analyser *a, uint32_t i, struct err *e)
{
	struct object_facts *f = a->f;
	struct function *g = &f->functions[i];
	const struct flow_job job = {
		.lifted = &a->lifted,
		.cfg = &a->cfg,
		.machine = f->m,
		.callee = callee,
		.warns = warns,
		.is_text = is_text,
		.context = a,
		.gfp_nowarn = f->job->gfp_nowarn,
		.only_outcome = !facts_talks(f, i),
		.max_visits = f->job->max_steps ? f->job->max_steps
						: MAX_VISITS,
	};
	const struct flow_result *r;
	struct summary s;
	int ret;

	g->analysed = true;
	if (size_of(f, i) > MAX_FUNCTION) {
		cut_off(f, i);
		return 0;
	}
	if ((ret = lift_all(a, i, e)) < 0)
		return ret;
	if (cfg_build(&a->cfg, &a->lifted, f->extras, f->nextras)) {
		cut_off(f, i);
		return 0;
	}
	if (!a->cfg.nblocks)
		return 0;
	if (flow_run(a->flow, &job, &r))
		return err_nomem(e);
	if (r->cut_off) {
		cut_off(f, i);
		return 0;
	}
	forget_findings(g);
	summarise(flow_values(a->flow), r, f->m->word, &s);
	if ((ret = take_summary(f, i, &s, e)) < 0)
		return ret;
	return g->cut_off ? 0 : findings_of(a->flow, r, &a->lifted, f, i, e);
}

int analyse_dirty(struct analyser *a, struct object_facts *f, struct err *e)
{
	bool again = true;
	int r = 0;

	a->f = f;
	while (again) {
		again = false;
		for (uint32_t i = 0; i < f->o.nfunctions; i++) {
			struct function *g = &f->functions[i];

			if (!g->dirty || g->owner != i || g->cut_off) {
				g->dirty = false;
				continue;
			}
			g->dirty = false;
			if ((r = analyse(a, i, e)) < 0)
				return r;
			again = true;
		}
	}
	return r;
}
