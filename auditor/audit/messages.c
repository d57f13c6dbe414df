/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/messages.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit/gfp_flags.h"
#include "audit/object_file.h"
#include "code/decode/load.h"
#include "code/messages/messages.h"
#include "elf/code_read.h"
#include "support/pipeline.h"
#include "support/progress.h"

/* Of an object whose code is looked at. */
struct looked_at {
	size_t object; /* in tree.objects */
	struct object_facts *facts;
	int64_t saved; /* what an earlier audit left; 0: nothing */
	bool unread;   /* cannot be read, or is not relocatable */
	bool nomem;
};

struct finding {
	const struct messages_job *job;
	struct facts_job facts;
	struct looked_at *list;
	size_t count;
	struct progress progress;
};

/* ---- reading ---- */

static int read_code(const struct audit_input *in, size_t object,
		     struct code_object *ret, struct err *e)
{
	int fd = audit_open(in, in->tree.objects[object].path, e);
	int r = fd;

	if (fd >= 0) {
		r = elf_code_read(fd, ret, e);
		close(fd);
	}
	return r;
}

static void produce(void *context, size_t item)
{
	struct finding *g = context;
	struct looked_at *l = &g->list[item];
	const struct message_memory *memory = &g->job->memory;
	struct code_object code;
	struct err why;

	if (l->saved)
		return;
	if (read_code(g->job->in, l->object, &code, &why) < 0) {
		l->unread = true;
		l->nomem = why.code == ERR_NOMEM;
		return;
	}
	l->saved = memory->find(memory->context, code.content);
	if (l->saved) {
		code_object_release(&code);
		return;
	}
	if (object_facts_make(&g->facts, &code, &l->facts, &why) < 0) {
		l->unread = true;
		l->nomem = why.code == ERR_NOMEM;
	}
}

static int consume(void *context, size_t item, struct err *e)
{
	struct finding *g = context;

	progress_update(&g->progress, item);
	return g->list[item].nomem ? err_nomem(e) : 0;
}

static void drop(void *context, size_t item)
{
	(void)context;
	(void)item; /* all of the list is freed together */
}

static int read_all(struct finding *g, struct err *e)
{
	const struct audit_options *o = g->job->in->options;
	const struct pipeline_job job = {
		.count = g->count,
		.threads = o->threads,
		.window = 256,
		.context = g,
		.produce = produce,
		.consume = consume,
		.drop = drop,
	};
	int r;

	progress_start(&g->progress, o->quiet, "messages", g->count);
	r = pipeline_run(&job, e);
	progress_end(&g->progress);
	return r;
}

/* What becomes code of vmlinux and of modules, if it could be measured. */
static int choose(struct finding *g, struct err *e)
{
	const struct messages_job *job = g->job;
	const struct tree *t = &job->in->tree;

	g->list = calloc(t->nobjects + 1, sizeof(*g->list));
	if (!g->list)
		return err_nomem(e);
	for (size_t i = 0; i < t->nobjects && !t->linked_only; i++) {
		const struct measured_object *o = &job->measured->objects[i];
		enum object_role role = t->objects[i].role;
		struct looked_at *l = &g->list[g->count];

		if (o->failed || (role != ROLE_VMLINUX && role != ROLE_MODULE))
			continue;
		l->object = i;
		if (o->cached)
			l->saved = job->memory.of_object(job->memory.context,
							 i);
		g->count++;
	}
	return 0;
}

/* ---- solving ---- */

/* Objects of several modules count with the first; what is in none, with
 * vmlinux. */
static void number_images(const struct finding *g, struct solve_input *inputs)
{
	const struct tree *t = &g->job->in->tree;
	uint32_t *image = calloc(t->nobjects + 1, sizeof(*image));

	for (size_t i = t->nimages; image && i-- > 0;) {
		const struct tree_image *m = &t->images[i];

		if (m->kind != IMAGE_MODULE)
			continue;
		for (size_t k = 0; k < m->nmembers; k++)
			image[m->members[k]] = (uint32_t)i + 1;
	}
	for (size_t i = 0; image && i < g->count; i++)
		if (t->objects[g->list[i].object].role == ROLE_MODULE)
			inputs[i].image = image[g->list[i].object];
	free(image);
}

static int make_inputs(const struct finding *g, struct found_messages *f,
		       struct solve_input *inputs, struct err *e)
{
	const struct message_memory *memory = &g->job->memory;
	int r = 0;

	for (size_t i = 0; i < g->count && r >= 0; i++) {
		struct looked_at *l = &g->list[i];

		inputs[i].facts = l->facts;
		if (l->saved)
			r = memory->load(memory->context, l->saved, &f->arena,
					 &inputs[i].saved, &inputs[i].saved_len,
					 e);
		l->unread |= !inputs[i].facts && !inputs[i].saved;
		f->looked[l->object] = !l->unread;
		f->decoded += l->facts != NULL;
	}
	number_images(g, inputs);
	return r < 0 ? r : 0;
}

static int open_again(void *context, size_t input, struct code_object *ret,
		      struct err *e)
{
	const struct finding *g = context;

	return read_code(g->job->in, g->list[input].object, ret, e);
}

static void take_all(const struct finding *g, struct object_messages *solved,
		     struct found_messages *f)
{
	for (size_t i = 0; i < g->count; i++) {
		const struct looked_at *l = &g->list[i];

		if (l->unread) {
			object_messages_release(&solved[i]);
			continue;
		}
		f->objects[l->object] = solved[i];
		f->cut_off += solved[i].coverage.cut_off;
		f->blind += !solved[i].coverage.decoded;
	}
	free(solved);
}

static int solve(struct finding *g, struct found_messages *f, struct err *e)
{
	struct solve_input *inputs = calloc(g->count + 1, sizeof(*inputs));
	struct solve_job job = {
		.facts = &g->facts,
		.inputs = inputs,
		.ninputs = g->count,
		.threads = g->job->in->options->threads,
		.open = open_again,
		.context = g,
	};
	struct object_messages *solved;
	int r;

	if (!inputs)
		return err_nomem(e);
	r = make_inputs(g, f, inputs, e);
	if (r == 0)
		r = messages_solve(&job, &solved, e);
	if (r == 0)
		take_all(g, solved, f);
	free(inputs);
	return r;
}

/* ---- all of it ---- */

static int start(const struct messages_job *job, struct found_messages *ret,
		 struct err *e)
{
	*ret = (struct found_messages){ .nobjects = job->in->tree.nobjects };
	ret->objects = calloc(ret->nobjects + 1, sizeof(*ret->objects));
	ret->looked = calloc(ret->nobjects + 1, sizeof(*ret->looked));
	return ret->objects && ret->looked ? 0 : err_nomem(e);
}

static int run(struct finding *g, struct found_messages *f, struct err *e)
{
	int r = choose(g, e);

	if (r == 0)
		r = gfp_nowarn_bit(g->job->in, &g->facts.gfp_nowarn, e);
	if (r == 0)
		r = read_all(g, e);
	if (r == 0)
		r = solve(g, f, e);
	for (size_t i = 0; i < g->count; i++)
		object_facts_free(g->list[i].facts);
	free(g->list);
	return r;
}

int messages_find(const struct messages_job *job, struct found_messages *ret,
		  struct err *e)
{
	struct finding g = { .job = job };
	struct known_table *known = NULL;
	struct err why;
	int r = start(job, ret, e);

	if (r == 0 && decode_room_load(&g.facts.room, &why) < 0) {
		ret->reason = arena_strdup(&ret->arena, why.text);
		return ret->reason ? 0 : err_nomem(e);
	}
	if (r == 0)
		r = known_table_make(job->functions, job->nfunctions, &known,
				     e);
	g.facts.known = known;
	if (r == 0 && !(g.facts.pool = analyser_pool_new()))
		r = err_nomem(e);
	if (r == 0)
		r = run(&g, ret, e);
	analyser_pool_free(g.facts.pool);
	known_table_free(known);
	return r;
}

void found_messages_release(struct found_messages *f)
{
	for (size_t i = 0; f->objects && i < f->nobjects; i++)
		object_messages_release(&f->objects[i]);
	free(f->objects);
	free(f->looked);
	arena_release(&f->arena);
	*f = (struct found_messages){ 0 };
}
