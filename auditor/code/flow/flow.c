/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The run: from block to block, in the order of the code, until no state
 * learns anything new.
 */
#include "code/flow/flow.h"

#include <stdlib.h>
#include <string.h>

#include "code/flow/calls.h"
#include "code/flow/divide.h"
#include "code/flow/flowing.h"
#include "code/flow/steps.h"
#include "code/flow/waiting.h"
#include "code/flow/ways.h"

/* Bytes of states of one function, at most. */
#define STATES_MAX ((size_t)64 << 20)
#define PRINTS_MAX 20000

struct flow *flow_new(void)
{
	return calloc(1, sizeof(struct flow));
}

void flow_free(struct flow *f)
{
	if (!f)
		return;
	values_release(&f->v);
	free(f->in);
	waiting_release(&f->waiting);
	free(f->first_edge);
	free(f->edges);
	free(f->seen);
	free(f->stack);
	free(f->near);
	free(f->r.prints);
	free(f->r.failures);
	free(f->r.exits);
	for (size_t i = 0; i < PART_COUNT; i++)
		free(f->r.returned[i].atoms);
	while (f->chunks) {
		struct chunk *c = f->chunks;

		f->chunks = c->next;
		free(c);
	}
	free(f);
}

const struct values *flow_values(const struct flow *f)
{
	return &f->v;
}

/* ---- scratch ---- */

static bool room(void **p, size_t *capacity, size_t count, size_t size)
{
	if (count > *capacity) {
		free(*p);
		*capacity = 0;
		*p = calloc(count + count / 2, size);
		if (!*p)
			return false;
		*capacity = count + count / 2;
		return true;
	}
	memset(*p, 0, count * size);
	return true;
}

static bool reset(struct flow *f, const struct flow_job *job)
{
	size_t nodes = job->cfg->nblocks * PART_COUNT;
	struct flow_result *r = &f->r;

	values_reset(&f->v);
	f->chunk = f->chunks;
	if (f->chunk)
		f->chunk->used = 0;
	f->state_bytes = 0;
	f->job = job;
	f->m = job->machine;
	f->nescaped = f->npushed = f->nedges = 0;
	f->all_escaped = f->nomem = false;
	r->ended = false;
	r->cut_off = r->returns = r->writes_anything = false;
	r->visits = 0;
	r->nprints = r->nfailures = 0;
	r->prints_param = r->prints_kind = r->gfp_param = 0;
	memset(&r->writes, 0, sizeof(r->writes));
	for (size_t i = 0; i < PART_COUNT; i++) {
		r->returned[i].count = 0;
		r->returned[i].any = false;
	}
	return room((void **)&f->in, &f->in_capacity, nodes + 1,
		    sizeof(*f->in)) &&
	       flow_nothing_waits(f, nodes) &&
	       room((void **)&f->first_edge, &f->first_edge_capacity, nodes + 1,
		    sizeof(*f->first_edge)) &&
	       room((void **)&r->exits, &f->exits_capacity,
		    job->cfg->nblocks + 1, 1);
}

/* ---- from node to node ---- */

static void *state_room(struct flow *f, size_t size)
{
	struct chunk *c = f->chunk;

	size = (size + 15) & ~(size_t)15;
	f->state_bytes += size;
	if (!c || c->used + size > CHUNK_BYTES) {
		struct chunk *next = c ? c->next : NULL;

		if (!next) {
			next = malloc(sizeof(*next));
			if (!next)
				return NULL;
			next->next = NULL;
			if (c)
				c->next = next;
			else
				f->chunks = next;
		}
		next->used = 0;
		c = f->chunk = next;
	}
	c->used += size;
	return c->bytes + c->used - size;
}

static void enter(struct flow *f, uint32_t block, uint8_t part,
		  const struct state *s)
{
	uint32_t to = block * PART_COUNT + part;

	if (f->in[to]) {
		if (state_join(&f->v, f->in[to], s))
			flow_wait(f, to);
		return;
	}
	f->in[to] = state_room(f, state_size(s));
	if (!f->in[to]) {
		f->nomem = true;
		return;
	}
	memcpy(f->in[to], s, state_size(s));
	flow_wait(f, to);
}

static bool is_failed(uint8_t part)
{
	return part_is_failed(part) || part == PART_TOLD;
}

/* ---- the ends of blocks ---- */

/* A jump out of the function is a call whose result is returned. */
static void leave_by_jump(struct flow *f, const struct insn *i, uint32_t step)
{
	if (flow_call(f, &f->now, i, step) == CALL_RETURNS)
		flow_leave(f, f->now.reg[f->m->result]);
}

static void branch(struct flow *f, const struct cfg_block *b, uint32_t node,
		   unsigned int depth);

/* The longest row of consecutive branches that is taken in one step. */
#define THREADED_MAX 8

/*
 * A block that is nothing but a branch is not entered: what the path knows of
 * the flags would be lost where others come in.  So `a || b` that is compared
 * under a condition (ccmp, cmpne) keeps both tests.
 */
static void go(struct flow *f, uint32_t node, uint32_t block,
	       unsigned int depth)
{
	const struct cfg_block *b;
	uint32_t to;

	if (block == BLOCK_NONE)
		return;
	b = &f->job->cfg->blocks[block];
	to = block * PART_COUNT + f->part;
	flow_add_edge(f, node, to);
	if (b->end == b->first + 1 && !b->nmore && depth < THREADED_MAX &&
	    f->job->lifted->insns[b->first].op == OP_BRANCH) {
		uint32_t here = f->block, begun = f->begun;

		f->block = block;
		f->begun = f->part;
		branch(f, b, to, depth + 1);
		f->block = here;
		f->begun = begun;
		return;
	}
	enter(f, block, (uint8_t)f->part, &f->now);
}

/* The node that a way from here leads to. */
static void note_way(struct flow *f, const struct division *d, uint32_t part,
		     uint32_t node, uint32_t block)
{
	if (is_failed(d->part) && !is_failed((uint8_t)part))
		flow_note_failure(f, node, block * PART_COUNT + d->part, d);
}

static void branch(struct flow *f, const struct cfg_block *b, uint32_t node,
		   unsigned int depth)
{
	const struct insn *i = &f->job->lifted->insns[b->end - 1];
	struct division d[DIVISIONS_MAX];
	struct state before; /* as long as state_size */
	const uint32_t part = f->part;
	size_t n = flow_divide(f, &f->now, (uint8_t)part, (enum cond)i->cond,
			       d);

	if (n > 1)
		memcpy(&before, &f->now, state_size(&f->now));
	for (size_t k = 0; k < n; k++) {
		uint32_t block = d[k].taken ? b->target : b->next;

		if (k)
			memcpy(&f->now, &before, state_size(&before));
		flow_learn(f, &f->now, d[k].set);
		if (i->cond < COND_UNKNOWN)
			f->now.flags.holds =
				(uint8_t)((d[k].taken ? i->cond : i->cond ^ 1) +
					  1);
		f->part = d[k].part;
		if (d[k].taken && block == BLOCK_NONE) {
			leave_by_jump(f, i, b->end - 1);
		} else if (block != BLOCK_NONE) {
			note_way(f, &d[k], part, node, block);
			go(f, node, block, depth);
		}
	}
	f->part = part;
}

static void end_block(struct flow *f, const struct cfg_block *b, uint32_t node)
{
	const struct insn *i = &f->job->lifted->insns[b->end - 1];
	uint32_t part = f->part;

	for (uint32_t k = 0; k < b->nmore; k++)
		go(f, node, f->job->cfg->more[b->more + k], THREADED_MAX);
	switch (i->op) {
	case OP_BRANCH:
		branch(f, b, node, 0);
		return;
	case OP_JUMP:
		if (b->target != BLOCK_NONE)
			go(f, node, b->target, 0);
		else
			leave_by_jump(f, i, b->end - 1);
		return;
	case OP_RETURN:
		flow_leave(f, f->now.reg[f->m->result]);
		return;
	case OP_SWITCH:
		if (!b->nmore)
			flow_leave(f, SET_ANY);
		return;
	case OP_TRAP:
		if (!f->job->warns(f->job->context,
				   f->job->lifted->where[i->at].at))
			return;
		if (part == PART_NORMAL || part == PART_RECOVERED)
			f->part = PART_WARNED;
		go(f, node, b->next, 0);
		return;
	default:
		go(f, node, b->next, 0);
		return;
	}
}

static void visit(struct flow *f, uint32_t node)
{
	const struct cfg_block *b = &f->job->cfg->blocks[node / PART_COUNT];
	const struct insn *insns = f->job->lifted->insns;

	f->block = node / PART_COUNT;
	f->part = f->begun = node % PART_COUNT;
	f->put.known = false;
	memcpy(&f->now, f->in[node], state_size(f->in[node]));
	for (uint32_t i = b->first; i < b->end; i++) {
		if (insns[i].op == OP_CALL) {
			if (flow_call(f, &f->now, &insns[i], i) ==
			    CALL_NEVER_RETURNS)
				return;
		} else {
			flow_step(f, &f->now, &insns[i], i);
		}
	}
	end_block(f, b, node);
}

static void begin(struct flow *f)
{
	struct state *s = &f->now;
	const struct machine *m = f->m;

	memset(s, 0, sizeof(*s));
	s->flags.reg = REG_NONE;
	for (uint8_t i = 0; i < REG_COUNT; i++)
		if (m->kept >> i & 1)
			s->reg[i] = values_one(
				&f->v,
				(struct atom){ .kind = ATOM_SOME,
					       .ident = values_ident(
						       &f->v, IDENT_ENTRY, i, 0,
						       NULL) });
	for (uint8_t i = 0; i < m->nargs; i++)
		s->reg[m->args[i]] = values_one(
			&f->v, (struct atom){ .kind = ATOM_PARAM, .v = i });
	s->reg[m->sp] = values_one(&f->v, (struct atom){ .kind = ATOM_STACK });
	for (uint8_t i = 0; i < 6; i++)
		state_cell_set(s, IDENT_STACK,
			       (int32_t)((i + m->return_on_stack) * m->word),
			       values_one(&f->v,
					  (struct atom){ .kind = ATOM_PARAM,
							 .v = FLOW_STACK_ARGS +
							      i }),
			       m->word);
	f->block = f->part = 0;
	enter(f, 0, PART_NORMAL, s);
}

/* Until nothing waits, or so many visits; true: nothing does. */
static bool run(struct flow *f, uint32_t max_visits)
{
	uint32_t node;

	while (!f->nomem && !f->v.nomem && !f->r.ended &&
	       flow_next_waiting(f, &node)) {
		if (++f->r.visits > max_visits || f->state_bytes > STATES_MAX ||
		    f->r.nprints > PRINTS_MAX)
			return false;
		visit(f, node);
	}
	return true;
}

/* Smaller functions are run through at once. */
#define BLOCKS_TRIED 8

/*
 * Most functions that print nothing return some unknown, or several errors:
 * the paths that end first tell, long before all states are known.
 */
static bool ends_early(struct flow *f, const struct flow_job *job)
{
	size_t n = job->cfg->nblocks;

	if (!job->only_outcome || n < BLOCKS_TRIED || !reset(f, job) ||
	    !flow_exits_first(f))
		return false;
	begin(f);
	run(f, (uint32_t)n < job->max_visits ? (uint32_t)n : job->max_visits);
	return f->r.ended;
}

int flow_run(struct flow *f, const struct flow_job *job,
	     const struct flow_result **ret)
{
	if (!job->cfg->nblocks)
		return -1;
	if (!ends_early(f, job)) {
		if (!reset(f, job))
			return -1;
		begin(f);
		f->r.cut_off = !run(f, job->max_visits);
	}
	if (f->nomem || f->v.nomem)
		return -1;
	*ret = &f->r;
	return 0;
}
