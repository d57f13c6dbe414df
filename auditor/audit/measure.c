/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is measured: the objects on many threads, handed to the sink in order.
 */
#include "audit/measure.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit/steps.h"
#include "audit/object_file.h"
#include "elf/elf_object.h"
#include "support/pipeline.h"
#include "support/progress.h"
#include "support/safe_open.h"

/* Records waiting for the sink, at most. */
#define WINDOW 256

/* ---- vmlinux ---- */

static int remark_missing(struct audit_input *in, const struct measured *m,
			  struct err *e)
{
	int r = 0;

	if (!m->vmlinux.nsymbols)
		r = remarks_add(
			&in->tree.remarks, e,
			"vmlinux has no symbols (stripped): its functions are not known");
	if (r == 0 && in->tree.linked_only && !m->vmlinux.has_lines)
		r = remarks_add(
			&in->tree.remarks, e,
			"vmlinux has no debug information: call sites get no source lines");
	return r;
}

static int measure_vmlinux(struct audit_input *in, struct measured *m,
			   struct err *e)
{
	struct tree_image *image = in->tree.images;
	struct err why;
	int fd;

	while (image < in->tree.images + in->tree.nimages &&
	       image->kind != IMAGE_VMLINUX)
		image++;
	if (image == in->tree.images + in->tree.nimages || !image->present)
		return 0;
	fd = audit_open(in, image->path, &why);
	if (fd < 0) {
		image->present = false;
		return 0;
	}
	if (elf_object_read(fd, ELF_WANT_SYMBOLS, &m->vmlinux, &why) == 0)
		m->have_vmlinux = true;
	else
		image->present = false;
	close(fd);
	if (!m->have_vmlinux && why.code == ERR_NOMEM) {
		*e = why;
		return -ERR_NOMEM;
	}
	return m->have_vmlinux ? remark_missing(in, m, e) : 0;
}

/* ---- what is read of each object ---- */

/* Derived objects change with every build and hold the symbols of their parts
 * once more: their sections must do. */
static unsigned int wanted(const struct tree_object *o)
{
	return o->role == ROLE_DERIVED ? 0 : ELF_WANT_SYMBOLS;
}

static void mark_members(const struct tree *t, struct measured *m)
{
	for (size_t i = 0; i < t->nobjects; i++)
		m->objects[i].by_name = t->objects[i].role == ROLE_MODULE;
	for (size_t i = 0; i < t->nimages; i++) {
		const struct tree_image *image = &t->images[i];

		if (image->kind != IMAGE_VMLINUX)
			continue;
		for (size_t k = 0; k < image->nmembers; k++) {
			struct measured_object *o =
				&m->objects[image->members[k]];

			o->by_name = !image->present;
			if (!image->present)
				continue;
			o->keep = true;
			o->want |= ELF_WANT_SYMBOLS | ELF_WANT_MERGE_CONTENT;
			if (t->gc_sections)
				o->want |= ELF_WANT_REFERENCES;
		}
	}
}

static size_t half_of_memory(void)
{
	long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
	size_t least = (size_t)1 << 30;

	if (pages <= 0 || size <= 0)
		return least;
	return (size_t)pages / 2 * (size_t)size > least
		       ? (size_t)pages / 2 * (size_t)size
		       : least;
}

int measure_start(struct audit_input *in, struct measured *ret, struct err *e)
{
	struct measured m = { .nobjects = in->tree.nobjects,
			      .kept_max = half_of_memory() };
	int r;

	m.objects = calloc(m.nobjects + 1, sizeof(*m.objects));
	if (!m.objects)
		return err_nomem(e);
	r = measure_vmlinux(in, &m, e);
	if (r < 0) {
		measured_release(&m);
		return r;
	}
	for (size_t i = 0; i < m.nobjects; i++)
		m.objects[i].want = wanted(&in->tree.objects[i]);
	mark_members(&in->tree, &m);
	*ret = m;
	return 0;
}

void measured_release(struct measured *m)
{
	for (size_t i = 0; m->objects && i < m->nobjects; i++) {
		if (m->objects[i].have_record)
			object_record_release(&m->objects[i].record);
		free(m->objects[i].reason);
	}
	free(m->objects);
	if (m->have_vmlinux)
		object_record_release(&m->vmlinux);
	arena_release(&m->kept);
	*m = (struct measured){ 0 };
}

/* ---- the objects ---- */

struct measuring {
	const struct audit_input *in;
	const struct measure_sink *sink;
	struct measured *m;
	size_t *work; /* indices of objects to open */
	struct progress progress;
};

/* Out of memory is no property of the file. */
static void set_failed(struct measured_object *o, const struct err *why)
{
	free(o->reason);
	o->reason = strdup(why->text);
	o->failed = o->reason ? why->code : ERR_NOMEM;
	o->have_record = false;
}

static void read_item(struct measuring *g, size_t item, unsigned int also)
{
	struct measured_object *o = &g->m->objects[g->work[item]];
	const char *path = g->in->tree.objects[g->work[item]].path;
	struct err why;

	if (audit_read_object(g->in, path, o->want | also, &o->record, &why) <
	    0) {
		set_failed(o, &why);
		return;
	}
	free(o->reason);
	o->reason = NULL;
	o->failed = ERR_NONE;
	o->have_record = true;
}

static void produce(void *context, size_t item)
{
	read_item(context, item, ELF_WANT_SMALL);
}

static void drop(void *context, size_t item)
{
	struct measuring *g = context;
	struct measured_object *o = &g->m->objects[g->work[item]];

	if (o->have_record)
		object_record_release(&o->record);
	o->have_record = false;
}

/* All records of vmlinux's members are there at once, for its layout: a tree
 * that needs half of the memory for them (a kernel: one in a hundred) must
 * not take down what else runs. */
static void bound_kept(struct measuring *g, size_t item)
{
	struct measured_object *o = &g->m->objects[g->work[item]];
	struct measured *m = g->m;
	struct err why;

	if (!o->have_record || !o->keep)
		return;
	m->kept_bytes += o->record.arena.bytes;
	if (m->kept_bytes <= m->kept_max)
		return;
	m->kept_bytes -= o->record.arena.bytes;
	drop(g, item);
	err_set(&why, ERR_FORMAT,
		"too large: the objects of vmlinux would take more than %zu MiB of memory",
		m->kept_max >> 20);
	set_failed(o, &why);
}

static int consume(void *context, size_t item, struct err *e)
{
	struct measuring *g = context;
	struct measured_object *o = &g->m->objects[g->work[item]];
	int r;

	progress_update(&g->progress, item);
	/* What was too large for many at a time is read alone; so is, once
	 * more, what is damaged. */
	if (o->failed && o->failed != ERR_NOMEM)
		read_item(g, item, 0);
	bound_kept(g, item);
	if (o->failed == ERR_NOMEM)
		return err_nomem(e);
	if (o->failed)
		return 0;
	r = g->sink->object(g->sink->context, g->work[item], o, e);
	if (!o->keep)
		drop(g, item);
	return r;
}

static int run(struct measuring *g, struct err *e)
{
	struct pipeline_job job = {
		.count = g->m->opened,
		.threads = g->in->options->threads,
		.window = WINDOW,
		.context = g,
		.produce = produce,
		.consume = consume,
		.drop = drop,
	};
	int r;

	progress_start(&g->progress, g->in->options->quiet, "objects",
		       job.count);
	r = pipeline_run(&job, e);
	progress_end(&g->progress);
	return r;
}

int measure_objects(const struct audit_input *in, struct measured *m,
		    const struct measure_sink *sink, struct err *e)
{
	struct measuring g = { .in = in, .sink = sink, .m = m };
	int r;

	g.work = calloc(m->nobjects + 1, sizeof(*g.work));
	if (!g.work)
		return err_nomem(e);
	for (size_t i = 0; i < m->nobjects; i++)
		if (!m->objects[i].cached)
			g.work[m->opened++] = i;
	m->kept_bytes = m->kept.bytes;
	r = run(&g, e);
	free(g.work);
	return r;
}

/* ---- the images ---- */

static int measure_image(const struct audit_input *in, size_t n,
			 const struct measure_sink *sink, struct err *e)
{
	const struct tree_image *image = &in->tree.images[n];
	/* The loader of modules keeps a part of their symbols. */
	unsigned int want = image->kind == IMAGE_MODULE ? ELF_WANT_SYMTAB : 0;
	struct object_record record;
	struct err why;
	int fd = audit_open(in, image->path, &why);
	int r = fd;

	if (fd >= 0) {
		r = elf_object_read(fd, want, &record, &why);
		close(fd);
	}
	if (r < 0 && why.code == ERR_NOMEM) {
		*e = why;
		return r;
	}
	if (r < 0)
		return sink->image(sink->context, n, NULL, why.text, e);
	r = sink->image(sink->context, n, &record, NULL, e);
	object_record_release(&record);
	return r;
}

int measure_images(const struct audit_input *in, const struct measured *m,
		   const struct measure_sink *sink, struct err *e)
{
	int r = 0;

	for (size_t i = 0; i < in->tree.nimages && r == 0; i++) {
		const struct tree_image *image = &in->tree.images[i];

		if (image->kind == IMAGE_VMLINUX && m->have_vmlinux)
			r = sink->image(sink->context, i, &m->vmlinux, NULL, e);
		else if (!image->present)
			r = sink->image(sink->context, i, NULL, NULL, e);
		else
			r = measure_image(in, i, sink, e);
	}
	return r;
}
