/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Running the statements of SECTIONS.  The image says where each output
 * section starts; only what is inside one has to be computed.
 */
#include "link/script/replay.h"

#include <elf.h>
#include <string.h>

static uint64_t align_up(uint64_t v, uint64_t align)
{
	uint64_t rest = align > 1 ? v % align : 0;

	return rest ? v + (align - rest) : v;
}

static bool in_output(const struct replay *r)
{
	return r->output != PLACED_NOWHERE;
}

/* A symbol's last value is its value in the image. */
static struct expr_value symbol_value(void *ctx, struct token name)
{
	const struct replay *r = ctx;
	struct expr_value v = { 0, true, true };
	uint32_t id;

	if (link_symbol(r->w, name.text, name.len, &v.v))
		return v;
	id = intern_find(&r->syms, name.text, name.len);
	if (id == INTERN_NONE)
		return (struct expr_value){ 0, false, false };
	v.v = r->sym_values[id];
	return v;
}

static struct expr_value query_value(void *ctx, enum expr_op op,
				     struct token name)
{
	const struct replay *r = ctx;
	struct expr_value v = { 0, true, false };
	uint32_t output;

	if (op == OP_DEFINED) {
		v.v = symbol_value(ctx, name).known;
		return v;
	}
	output = link_output(r->w, name.text, name.len);
	/* A section without bytes is not in the image. */
	if (output == PLACED_NOWHERE) {
		v.known = op == OP_SIZEOF;
		return v;
	}
	switch (op) {
	case OP_SIZEOF:
		v.v = r->w->job->image->sections[output].size;
		break;
	case OP_ALIGNOF:
		v.v = r->w->job->image->sections[output].align;
		break;
	case OP_LOADADDR:
		v.v = r->w->outs[output].load;
		v.known = r->w->outs[output].has_load;
		v.address = true;
		break;
	default:
		v.v = r->w->outs[output].start;
		v.address = true;
	}
	return v;
}

static struct expr_value evaluate(struct replay *r, struct expr x)
{
	struct expr_names names = {
		.ctx = r,
		.symbol = symbol_value,
		.query = query_value,
		.dot = r->dot,
	};

	return expr_eval(&r->s->pool, x, &names);
}

/* ". = x": bytes of the section that is open.  ALIGN makes them padding,
 * anything else makes them the script's own. */
static int move_dot(struct replay *r, const struct script_stmt *s)
{
	struct expr_value v = evaluate(r, s->value);
	struct out_section *o;

	if (!v.known) {
		r->odd += in_output(r);
		return 0;
	}
	if (!in_output(r)) {
		r->dot = v.v;
		return 0;
	}
	o = &r->w->outs[r->output];
	if (!v.address)
		v.v += o->start;
	if (veneers_place(r, v.v))
		return -1;
	if (v.v < r->dot || v.v > o->end) {
		r->odd += v.v != r->dot;
		return 0;
	}
	*(s->value.aligns ? &o->fill : &o->script) += v.v - r->dot;
	r->dot = v.v;
	return 0;
}

static int assign(struct replay *r, const struct script_stmt *s)
{
	struct expr_value v;
	uint32_t id;

	if (token_is(&s->name, "."))
		return move_dot(r, s);
	id = intern_find(&r->syms, s->name.text, s->name.len);
	if (id == INTERN_NONE)
		return 0;
	v = evaluate(r, s->value);
	if (v.known)
		r->sym_values[id] = v.v;
	return 0;
}

/* Where the image is loaded, where that differs: AT(), or as far from its
 * address as the section before it. */
static void set_load(struct replay *r, const struct script_stmt *s,
		     struct out_section *o)
{
	const struct out_section *last = r->last == PLACED_NOWHERE
						 ? NULL
						 : &r->w->outs[r->last];
	struct expr_value v = { 0, false, false };

	if (o->has_load)
		return;
	if (s->load.n && (!s->overlay || s->overlay_first))
		v = evaluate(r, s->load);
	if (v.known)
		o->load = v.v;
	else if (s->overlay && !s->overlay_first && last)
		o->load = last->load + (last->end - last->start);
	else if (last)
		o->load = o->start + (last->load - last->start);
	o->has_load = true;
}

void replay_enter(struct replay *r, uint32_t output)
{
	struct out_section *o;

	r->output = output;
	r->block = INTERN_NONE;
	if (!in_output(r))
		return;
	o = &r->w->outs[output];
	o->begun = true;
	r->dot = o->dot;
}

static void begin_output(struct replay *r, const struct script_stmt *s)
{
	replay_enter(r, s->output);
	r->subalign = 0;
	if (!in_output(r))
		return;
	set_load(r, s, &r->w->outs[r->output]);
	if (s->subalign.n) {
		struct expr_value v = evaluate(r, s->subalign);

		r->subalign = v.known ? v.v : 0;
	}
}

/* The linker of RISC-V shortens code: what comes too early tells that the
 * section before has become shorter. */
static void relax(struct replay *r, uint64_t home, uint64_t at)
{
	struct in_section *last;
	uint64_t less;

	if (!r->w->relaxes || r->last_sec == NO_SEC || home >= at)
		return;
	last = &r->w->secs[r->last_sec];
	less = at - home;
	if (last->output != r->output || less > last->size)
		return;
	last->size -= less;
	r->dot -= less < r->dot ? less : r->dot;
	r->w->nrelaxed++;
}

static int end_output(struct replay *r)
{
	if (in_output(r)) {
		struct out_section *o = &r->w->outs[r->output];

		if (veneers_place(r, o->end))
			return -1;
		relax(r, o->end, r->dot);
		o->dot = r->dot;
		r->last = r->output;
		r->dot = o->end;
	}
	r->output = PLACED_NOWHERE;
	return 0;
}

/* Where the next section goes, from dot on. */
static uint64_t aligned_place(struct replay *r, const struct in_section *x)
{
	bool leaf = r->mode.composite && !x->linker &&
		    !r->w->job->inputs[x->input].linktime;
	uint64_t align = x->linker ? MADE_ALIGN : link_sec(r->w, x)->align;

	/* "ld -r" aligned the leaves within their block, the final link only
	 * aligned the block. */
	if (leaf && x->name == r->block)
		return r->base + align_up(r->dot - r->base, align);
	if (leaf)
		align = r->name_align[x->name];
	if (r->subalign)
		align = r->subalign;
	return align_up(r->dot, align);
}

/* Do the image's symbols put the section at another place, and can that
 * be?  Then they are right, and the replay goes on from there. */
static bool overruled(const struct replay *r, const struct in_section *x,
		      uint64_t at)
{
	const struct out_section *o = &r->w->outs[r->output];

	return x->has_home && x->home != at && x->home >= o->start &&
	       x->home <= o->end &&
	       (x->size <= o->end - x->home || r->w->relaxes);
}

int replay_section(struct replay *r, uint32_t sec)
{
	struct in_section *x = &r->w->secs[sec];
	struct out_section *o;
	uint64_t at;

	x->state = SEC_PLACED;
	if (!in_output(r)) {
		/* The output section has no bytes, or is not loaded. */
		x->state = x->size ? SEC_DISCARDED : SEC_PLACED;
		return 0;
	}
	o = &r->w->outs[r->output];
	o->nsecs++;
	x->output = r->output;
	if (x->empty) {
		x->addr = r->dot;
		return 0;
	}
	if (veneers_place(r, aligned_place(r, x) + x->size))
		return -1;
	at = aligned_place(r, x);
	if (overruled(r, x, at)) {
		relax(r, x->home, at);
		at = aligned_place(r, x);
	}
	if (overruled(r, x, at)) {
		x->moved = true;
		at = x->home;
	} else {
		o->fill += at - r->dot;
	}
	if (x->name != r->block) {
		r->block = x->name;
		r->base = at;
	}
	x->addr = at;
	r->dot = at + x->size;
	r->last_sec = sec;
	return 0;
}

/* The linker allots COMMON symbols in the order of its hash table, which
 * only the image still knows. */
static void place_commons(struct replay *r)
{
	struct out_section *o = &r->w->outs[r->output];
	const struct object_record *image = r->w->job->image;
	uint64_t end = r->dot, bytes = 0;

	for (size_t i = 0; i < r->w->symbols.count; i++) {
		const struct obj_symbol *s =
			&image->symbols[r->w->symbol_of[i]];

		if (!r->w->commons[i] || s->value < r->dot ||
		    s->value >= o->end || s->size > o->end - s->value)
			continue;
		bytes += s->size;
		if (s->value + s->size > end)
			end = s->value + s->size;
	}
	o->common += bytes;
	if (end - r->dot >= bytes)
		o->fill += end - r->dot - bytes;
	r->dot = end;
}

static bool has_common(const struct script *s, const struct script_stmt *x)
{
	for (uint32_t i = 0; i < x->nspecs; i++)
		if (token_is(&s->specs[x->first_spec + i].pattern, "COMMON"))
			return true;
	return false;
}

static int place_input(struct replay *r, const struct script_stmt *s)
{
	for (uint32_t k = s->secs.head; k != NO_SEC; k = r->w->secs[k].next)
		if (replay_section(r, k))
			return -1;
	if (in_output(r) && r->w->ncommons && has_common(r->s, s))
		place_commons(r);
	/* The linker puts veneers right behind the code that needs them. */
	if (in_output(r) && s->secs.n)
		return veneers_place(r, align_up(r->dot, STUB_ALIGN) + 1);
	return 0;
}

int replay_run(struct replay *r)
{
	int rc = 0;

	for (size_t i = 0; !rc && i < r->s->nstmts; i++) {
		const struct script_stmt *s = &r->s->stmts[i];

		switch (s->kind) {
		case STMT_ASSIGN:
			rc = assign(r, s);
			break;
		case STMT_OUTPUT:
			begin_output(r, s);
			break;
		case STMT_END:
			rc = end_output(r);
			break;
		case STMT_DATA:
			if (in_output(r)) {
				r->w->outs[r->output].script += s->bytes;
				r->dot += s->bytes;
			}
			break;
		case STMT_INPUT:
			rc = place_input(r, s);
			break;
		}
	}
	return rc;
}
