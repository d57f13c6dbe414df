/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the paths of a function say of its messages.
 */
#include "code/messages/findings.h"

#include <stdlib.h>
#include <string.h>

#include "code/flow/reach.h"
#include "code/messages/texts.h"

/* Everything that prints one text. */
struct message {
	uint64_t text;
	const struct flow_print *first;
	uint32_t sites;
	uint8_t parts;
	uint16_t fixed;
	bool wrapped, stored;
	bool silent; /* it is given -ENOMEM alone, and swallows that */
};

struct judge {
	struct flow *flow;
	const struct flow_result *r;
	const struct code_lifted *l;
	struct object_facts *f;
	struct function *g;
	uint64_t *blocks; /* scratch: bit per block */
	size_t words;
};

static void mark_blocks(struct judge *j, const struct message *m)
{
	memset(j->blocks, 0, j->words * sizeof(*j->blocks));
	for (size_t i = 0; i < j->r->nprints; i++) {
		const struct flow_print *p = &j->r->prints[i];
		uint32_t b;

		if (p->text != m->text || p->kind == PRINT_PANIC)
			continue;
		b = flow_block_of(j->flow, p->load);
		j->blocks[b / 64] |= (uint64_t)1 << (b % 64);
	}
}

static bool is_failed(uint32_t node)
{
	return part_is_failed(node % PART_COUNT);
}

/*
 * Is there a failure after which the message cannot be avoided, and which
 * matters: without it it can?
 */
static bool is_due(struct judge *j, const struct message *m)
{
	mark_blocks(j, m);
	for (size_t i = 0; i < j->r->nfailures; i++) {
		const struct flow_failure *x = &j->r->failures[i];
		uint32_t block = x->from / PART_COUNT;
		const uint32_t *next;
		size_t n;

		if (!is_failed(x->to) ||
		    j->blocks[block / 64] >> (block % 64) & 1)
			continue;
		if (flow_leaves_without(j->flow, x->to, j->blocks))
			continue;
		next = flow_next(j->flow, x->from, &n);
		for (size_t k = 0; k < n; k++)
			if (!is_failed(next[k]) &&
			    flow_leaves_without(j->flow, next[k], j->blocks))
				return true;
	}
	return false;
}

/* Whose failure leads to it: the nearest in the code before it. */
static const struct flow_failure *cause_of(struct judge *j,
					   const struct message *m)
{
	const struct flow_failure *found = NULL;

	mark_blocks(j, m);
	for (size_t i = 0; i < j->r->nfailures; i++) {
		const struct flow_failure *x = &j->r->failures[i];

		if (x->to % PART_COUNT == PART_CONSTRUCTOR &&
		    m->parts & PARTS_ALLOCATION)
			continue;
		if (flow_reaches(j->flow, x->to, j->blocks))
			found = x;
	}
	return found;
}

/* false: none. */
static bool verdict_of(struct judge *j, const struct message *m, uint8_t *ret)
{
	const uint8_t normal = PART_BIT(PART_NORMAL);
	const uint8_t recovered = PART_BIT(PART_RECOVERED);
	const uint8_t told = PART_BIT(PART_TOLD);
	bool fixed;

	if (m->silent) {
		*ret = VERDICT_SILENT;
		return true;
	}
	if (!(m->parts & (PARTS_FAILED | recovered | told)) ||
	    (m->stored && m->parts & told))
		return false;
	if (m->stored) {
		*ret = VERDICT_STORED;
		return !(m->parts & ~PARTS_FAILED);
	}
	if (m->parts & normal) {
		*ret = VERDICT_MIXED;
		return m->parts & PARTS_FAILED && is_due(j, m);
	}
	if (m->parts & PART_BIT(PART_WARNED) && !is_due(j, m))
		return false;
	fixed = text_is_static(text_at(&j->f->o, m->text), m->fixed);
	if (!(m->parts & ~told))
		*ret = VERDICT_REPEATED;
	else if (m->parts & (recovered | told))
		*ret = VERDICT_MIXED;
	else if (m->wrapped)
		*ret = VERDICT_WRAPPED;
	else if (m->parts & PARTS_ALLOCATION)
		*ret = fixed ? VERDICT_STATIC : VERDICT_VALUE;
	else
		*ret = VERDICT_CONSTRUCTOR;
	return true;
}

/* ---- what else is known ---- */

/* The load and the call, where they are next to each other; the load alone where
 * several messages share a call. */
static uint32_t code_bytes(const struct judge *j, const struct flow_print *p)
{
	const struct code_where *load = &j->l->where[j->l->insns[p->load].at];
	const struct code_where *call = &j->l->where[j->l->insns[p->call].at];

	if (flow_block_of(j->flow, p->load) ==
		    flow_block_of(j->flow, p->call) &&
	    load->at <= call->at)
		return (uint32_t)(call->at + call->len - load->at);
	return load->len;
}

static bool speaks_of_memory(const char *text)
{
	static const char *const words[] = { "mem", "alloc", "Alloc", "OOM",
					     "oom", "MEM",   "space" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strstr(text, words[i]))
			return true;
	return false;
}

static uint8_t confidence_of(const struct judge *j, const struct message *m,
			     const struct flow_failure *cause)
{
	const struct known_function *k = NULL;

	if (cause && cause->callee != UINT32_MAX)
		k = cause->callee & CALLEE_LOCAL
			    ? j->f->functions[cause->callee & ~CALLEE_LOCAL]
				      .known
			    : j->f->known[cause->callee];
	if (k && k->role == KNOWN_ALLOCATOR)
		return CONFIDENCE_HIGH;
	return k || speaks_of_memory(text_at(&j->f->o, m->text))
		       ? CONFIDENCE_MEDIUM
		       : CONFIDENCE_LOW;
}

static int add_finding(struct judge *j, const struct message *m,
		       uint8_t verdict, struct err *e)
{
	const struct flow_failure *cause = cause_of(j, m);
	struct function *g = j->g;
	struct raw_finding *list = realloc(g->findings,
					   (g->nfindings + 1) * sizeof(*list));

	if (!list)
		return err_nomem(e);
	g->findings = list;
	list[g->nfindings++] = (struct raw_finding){
		.text = m->text,
		.load = j->l->where[j->l->insns[m->first->load].at].at,
		.printer = m->first->kind == PRINT_STORED ? UINT32_MAX
							  : m->first->callee,
		.allocator = cause ? cause->callee : UINT32_MAX,
		.code_bytes = code_bytes(j, m->first),
		.level = m->first->level,
		.verdict = verdict,
		.confidence = confidence_of(j, m, cause),
		.kind = m->first->kind,
		.sites = m->sites,
	};
	for (unsigned int i = 0; i < FLOW_GIVEN; i++)
		if (m->fixed >> i & 1)
			list[g->nfindings - 1].given[i] = m->first->given[i];
	return 0;
}

/* ---- messages ---- */

static bool is_sentence(const char *text)
{
	return strchr(text, ' ') != NULL;
}

/* Takes print i and all later ones of its text. */
static bool gather(const struct judge *j, size_t i, struct message *m)
{
	const struct flow_print *first = &j->r->prints[i];

	if (first->kind == PRINT_PANIC)
		return false;
	for (size_t k = 0; k < i; k++)
		if (j->r->prints[k].text == first->text &&
		    (j->r->prints[k].kind == PRINT_STORED) ==
			    (first->kind == PRINT_STORED) &&
		    j->r->prints[k].kind != PRINT_PANIC)
			return false;
	*m = (struct message){ .text = first->text,
			       .first = first,
			       .fixed = UINT16_MAX,
			       .silent = true,
			       .stored = first->kind == PRINT_STORED };
	for (size_t k = i; k < j->r->nprints; k++) {
		const struct flow_print *p = &j->r->prints[k];

		if (p->text != m->text || p->kind == PRINT_PANIC ||
		    (p->kind == PRINT_STORED) != m->stored)
			continue;
		m->sites++;
		m->parts |= p->parts;
		m->fixed &= p->fixed;
		m->wrapped |= p->kind == PRINT_WRAPPED ||
			      p->kind == PRINT_CHOOSY;
		m->silent &= p->kind == PRINT_CHOOSY && !p->other_error;
	}
	return !m->stored || is_sentence(text_at(&j->f->o, m->text));
}

int findings_of(struct flow *flow, const struct flow_result *r,
		const struct code_lifted *l, struct object_facts *f,
		uint32_t function, struct err *e)
{
	struct judge j = { .flow = flow,
			   .r = r,
			   .l = l,
			   .f = f,
			   .g = &f->functions[function] };
	int ret = 0;

	if (!r->nprints)
		return 0;
	j.words = (flow_block_of(flow, (uint32_t)l->ninsns) + 64) / 64;
	j.blocks = calloc(j.words, sizeof(*j.blocks));
	if (!j.blocks)
		return err_nomem(e);
	for (size_t i = 0; i < r->nprints && ret == 0; i++) {
		struct message m;
		uint8_t verdict;

		if (gather(&j, i, &m) && verdict_of(&j, &m, &verdict))
			ret = add_finding(&j, &m, verdict, e);
	}
	free(j.blocks);
	return ret;
}
