/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Running the statements of SECTIONS.  The image says where each output
 * section starts; only what is inside one has to be computed.
 */
#include "link/script/replay.h"

#include "link/align.h"
#include "link/script/eval.h"

static int place_veneers(struct replay *p, uint64_t end, struct err *e)
{
	return veneers_place(&p->veneers, p->w, p->output, p->last_sec, end,
			     &p->dot, e);
}

static bool in_output(const struct replay *p)
{
	return p->output != PLACED_NOWHERE;
}

/* A symbol's last value is its value in the image. */
static struct expr_value symbol_value(void *ctx, struct token name)
{
	const struct replay *p = ctx;
	struct expr_value v = { 0, true, true };
	uint32_t id;

	if (link_symbol(p->w, name.text, name.len, &v.v))
		return v;
	id = intern_find(&p->syms, name.text, name.len);
	if (id == INTERN_NONE)
		return (struct expr_value){ 0, false, false };
	v.v = p->sym_values[id];
	return v;
}

static struct expr_value query_value(void *ctx, enum expr_op op,
				     struct token name)
{
	const struct replay *p = ctx;
	struct expr_value v = { 0, true, false };
	uint32_t output;

	if (op == OP_DEFINED) {
		v.v = symbol_value(ctx, name).known;
		return v;
	}
	output = link_output(p->w, name.text, name.len);
	/* A section without bytes is not in the image. */
	if (output == PLACED_NOWHERE) {
		v.known = op == OP_SIZEOF;
		return v;
	}
	switch (op) {
	case OP_SIZEOF:
		v.v = p->w->job->image->sections[output].size;
		break;
	case OP_ALIGNOF:
		v.v = p->w->job->image->sections[output].align;
		break;
	case OP_LOADADDR:
		v.v = p->w->outs[output].load;
		v.known = p->w->outs[output].has_load;
		v.address = true;
		break;
	default:
		v.v = p->w->outs[output].start;
		v.address = true;
	}
	return v;
}

static struct expr_value evaluate(struct replay *p, struct expr x)
{
	struct expr_names names = {
		.ctx = p,
		.symbol = symbol_value,
		.query = query_value,
		.dot = p->dot,
	};

	return expr_eval(&p->s->pool, x, &names);
}

/* ". = x": bytes of the section that is open.  ALIGN makes them padding,
 * anything else makes them the script's own. */
static int move_dot(struct replay *p, const struct script_stmt *s,
		    struct err *e)
{
	struct expr_value v = evaluate(p, s->value);
	struct out_section *o;

	if (!v.known) {
		p->odd += in_output(p);
		return 0;
	}
	if (!in_output(p)) {
		p->dot = v.v;
		return 0;
	}
	o = &p->w->outs[p->output];
	if (!v.address)
		v.v += o->start;
	if (place_veneers(p, v.v, e))
		return -ERR_NOMEM;
	if (v.v < p->dot || v.v > o->end) {
		p->odd += v.v != p->dot;
		return 0;
	}
	if (s->value.aligns)
		link_fill(o, v.v - p->dot, v.v);
	else
		o->script += v.v - p->dot;
	p->dot = v.v;
	return 0;
}

static int assign(struct replay *p, const struct script_stmt *s, struct err *e)
{
	struct expr_value v;
	uint32_t id;

	if (token_is(&s->name, "."))
		return move_dot(p, s, e);
	id = intern_find(&p->syms, s->name.text, s->name.len);
	if (id == INTERN_NONE)
		return 0;
	v = evaluate(p, s->value);
	if (v.known)
		p->sym_values[id] = v.v;
	return 0;
}

/* Where the image is loaded, where that differs: AT(), or as far from its
 * address as the section before it. */
static void set_load(struct replay *p, const struct script_stmt *s,
		     struct out_section *o)
{
	const struct out_section *last = p->last == PLACED_NOWHERE
						 ? NULL
						 : &p->w->outs[p->last];
	struct expr_value v = { 0, false, false };

	if (o->has_load)
		return;
	if (s->load.n && (!s->overlay || s->overlay_first))
		v = evaluate(p, s->load);
	if (v.known)
		o->load = v.v;
	else if (s->overlay && !s->overlay_first && last)
		o->load = last->load + (last->end - last->start);
	else if (last)
		o->load = o->start + (last->load - last->start);
	o->has_load = true;
}

void replay_enter(struct replay *p, uint32_t output)
{
	struct out_section *o;

	p->output = output;
	p->block = INTERN_NONE;
	if (!in_output(p))
		return;
	o = &p->w->outs[output];
	o->begun = true;
	p->dot = o->dot;
}

static void begin_output(struct replay *p, const struct script_stmt *s)
{
	replay_enter(p, s->output);
	p->subalign = 0;
	if (!in_output(p))
		return;
	set_load(p, s, &p->w->outs[p->output]);
	if (s->subalign.n) {
		struct expr_value v = evaluate(p, s->subalign);

		p->subalign = v.known ? v.v : 0;
	}
}

/* The linker of RISC-V shortens code: what comes too early tells that the
 * section before has become shorter. */
static void relax(struct replay *p, uint64_t symbol_addr, uint64_t at)
{
	struct in_section *last;
	uint64_t less;

	if (!p->w->relaxes || p->last_sec == NO_SEC || symbol_addr >= at)
		return;
	last = &p->w->secs[p->last_sec];
	less = at - symbol_addr;
	if (last->output != p->output || less > last->size)
		return;
	last->size -= less;
	p->dot -= less < p->dot ? less : p->dot;
	p->w->nrelaxed++;
}

static int end_output(struct replay *p, struct err *e)
{
	if (in_output(p)) {
		struct out_section *o = &p->w->outs[p->output];

		if (place_veneers(p, o->end, e))
			return -ERR_NOMEM;
		relax(p, o->end, p->dot);
		o->dot = p->dot;
		p->last = p->output;
		p->dot = o->end;
	}
	p->output = PLACED_NOWHERE;
	return 0;
}

/* Where the next section goes, from dot on. */
static uint64_t aligned_place(struct replay *p, const struct in_section *x)
{
	bool leaf = p->mode.composite && !x->linker &&
		    !p->w->job->inputs[x->input].linktime;
	uint64_t align = x->linker ? MADE_ALIGN : link_align(p->w, x);

	/* "ld -r" aligned the leaves within their block, the final link only
	 * aligned the block. */
	if (leaf && x->name == p->block)
		return p->base + align_up(p->dot - p->base, align);
	if (leaf)
		align = p->order.name_align[x->name];
	if (p->subalign)
		align = p->subalign;
	return align_up(p->dot, align);
}

/* Do the image's symbols put the section at another place, and can that
 * be?  Then they are right, and the replay goes on from there. */
static bool overruled(const struct replay *p, const struct in_section *x,
		      uint64_t at)
{
	const struct out_section *o = &p->w->outs[p->output];

	return x->has_symbol_addr && x->symbol_addr != at &&
	       x->symbol_addr >= o->start && x->symbol_addr <= o->end &&
	       (x->size <= o->end - x->symbol_addr || p->w->relaxes);
}

int replay_section(struct replay *p, uint32_t sec, struct err *e)
{
	struct in_section *x = &p->w->secs[sec];
	struct out_section *o;
	uint64_t at;

	x->state = SEC_PLACED;
	if (!in_output(p)) {
		/* The output section has no bytes, or is not loaded. */
		x->state = x->size ? SEC_DISCARDED : SEC_PLACED;
		return 0;
	}
	o = &p->w->outs[p->output];
	o->nsecs++;
	x->output = p->output;
	if (x->empty) {
		x->addr = p->dot;
		return 0;
	}
	if (place_veneers(p, aligned_place(p, x) + x->size, e))
		return -ERR_NOMEM;
	at = aligned_place(p, x);
	if (overruled(p, x, at)) {
		relax(p, x->symbol_addr, at);
		at = aligned_place(p, x);
	}
	if (overruled(p, x, at)) {
		x->moved = true;
		at = x->symbol_addr;
	} else {
		link_fill(o, at - p->dot, at);
	}
	if (x->name != p->block) {
		p->block = x->name;
		p->base = at;
	}
	x->addr = at;
	p->dot = at + x->size;
	p->last_sec = sec;
	return 0;
}

static bool has_common(const struct script *s, const struct script_stmt *x)
{
	for (uint32_t i = 0; i < x->nspecs; i++)
		if (token_is(&s->specs[x->first_spec + i].pattern, "COMMON"))
			return true;
	return false;
}

static int place_input(struct replay *p, const struct script_stmt *s,
		       struct err *e)
{
	for (uint32_t k = s->secs.head; k != NO_SEC; k = p->w->secs[k].next)
		if (replay_section(p, k, e))
			return -ERR_NOMEM;
	if (in_output(p) && p->w->ncommons && has_common(p->s, s))
		commons_place(&p->commons, p->w, p->output, &p->dot);
	/* The linker puts veneers right after the code that needs them. */
	if (in_output(p) && s->secs.n)
		return place_veneers(p, align_up(p->dot, STUB_ALIGN) + 1, e);
	return 0;
}

int replay_run(struct replay *p, struct err *e)
{
	int r = 0;

	for (size_t i = 0; !r && i < p->s->nstmts; i++) {
		const struct script_stmt *s = &p->s->stmts[i];

		switch (s->kind) {
		case STMT_ASSIGN:
			r = assign(p, s, e);
			break;
		case STMT_OUTPUT:
			begin_output(p, s);
			break;
		case STMT_END:
			r = end_output(p, e);
			break;
		case STMT_DATA:
			if (in_output(p)) {
				p->w->outs[p->output].script += s->bytes;
				p->dot += s->bytes;
			}
			break;
		case STMT_INPUT:
			r = place_input(p, s, e);
			break;
		}
	}
	return r;
}
