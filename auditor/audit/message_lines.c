/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/message_lines.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit/object_file.h"
#include "support/grow.h"
#include "symbols/lines_batch.h"
#include "symbols/source_path.h"

struct asking {
	struct audit_input *in;
	const struct measured *m;
	const struct laid_out *l;
	struct found_messages *f;
	struct line_query *queries;
	struct message_finding **askers; /* of the queries */
	size_t count, queries_cap, askers_cap;
};

static int ask(struct asking *g, struct message_finding *f, uint64_t address,
	       struct err *e)
{
	if (grow_room((void **)&g->queries, g->count, &g->queries_cap,
		      sizeof(*g->queries)) ||
	    grow_room((void **)&g->askers, g->count, &g->askers_cap,
		      sizeof(*g->askers)))
		return err_nomem(e);
	g->queries[g->count] = (struct line_query){ NULL, address };
	g->askers[g->count++] = f;
	return 0;
}

/* p[0..n): the placements of the object. */
static int ask_object(struct asking *g, size_t object,
		      const struct placement *p, size_t n, struct err *e)
{
	const struct object_record *record = &g->m->objects[object].record;
	struct object_messages *found = &g->f->objects[object];
	int r = 0;

	for (size_t i = 0; i < found->nfindings && r == 0; i++) {
		struct message_finding *f = &found->findings[i];

		for (size_t k = 0; k < n && !f->file; k++)
			if (p[k].output != PLACED_NOWHERE &&
			    p[k].section < record->nsections &&
			    record->sections[p[k].section].index ==
				    f->code_section) {
				r = ask(g, f, p[k].addr + f->code_offset, e);
				break;
			}
	}
	return r;
}

/* Placements are sorted by input: one run for each member with a record. */
static int ask_all(struct asking *g,
		   bool (*wanted)(const void *context, size_t object),
		   const void *context, struct err *e)
{
	const struct tree_image *image = g->in->tree.images;
	const struct layout *l = &g->l->layout;
	uint32_t input = 0;
	size_t at = 0;
	int r = 0;

	while (image->kind != IMAGE_VMLINUX)
		image++;
	for (size_t i = 0; i < image->nmembers && r == 0; i++) {
		size_t object = image->members[i], end;

		if (!g->m->objects[object].have_record)
			continue;
		while (at < l->nplacements && l->placements[at].input < input)
			at++;
		for (end = at;
		     end < l->nplacements && l->placements[end].input == input;)
			end++;
		if (wanted(context, object))
			r = ask_object(g, object, &l->placements[at], end - at,
				       e);
		at = end;
		input++;
	}
	return r;
}

static void take(const struct asking *g, const struct line_answer *answers)
{
	const struct build_info *b = &g->in->info;

	for (size_t i = 0; i < g->count; i++) {
		const struct line_answer *a = &answers[i];

		if (!a->nframes || !a->frames[0].file)
			continue;
		g->askers[i]->file = source_path_relative(a->frames[0].file,
							  b->source, b->tree);
		g->askers[i]->line = a->frames[0].line;
	}
}

static int look_up(struct asking *g, struct err *e)
{
	struct line_answer *answers = calloc(g->count + 1, sizeof(*answers));
	bool debug = false;
	struct err why;
	int fd, r = 0;

	if (!answers)
		return err_nomem(e);
	fd = audit_open(g->in, "vmlinux", &why);
	if (fd >= 0) {
		/* A damaged one costs the lines, not the audit. */
		if (lines_batch(fd, "vmlinux", g->queries, g->count,
				&g->f->arena, answers, &debug, &why) == 0)
			take(g, answers);
		else
			r = remarks_add(&g->in->tree.remarks, e,
					"no source lines of messages: %.400s",
					why.text);
		close(fd);
	}
	free(answers);
	return r;
}

int message_lines(struct audit_input *in, const struct measured *m,
		  const struct laid_out *l, struct found_messages *f,
		  bool (*wanted)(const void *context, size_t object),
		  const void *context, struct err *e)
{
	struct asking g = { .in = in, .m = m, .l = l, .f = f };
	int r = 0;

	if (l->have_layout && m->have_vmlinux && m->vmlinux.has_lines)
		r = ask_all(&g, wanted, context, e);
	if (r == 0 && g.count)
		r = look_up(&g, e);
	free(g.queries);
	free(g.askers);
	return r;
}
