/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit/audit.h"
#include "elf/elf_object.h"
#include "store/record_load.h"
#include "support/pipeline.h"
#include "support/progress.h"

/* Records waiting for the database's thread, at most. */
#define WINDOW 256

struct measure {
	struct audit *audit;
	size_t *work; /* indices of objects to open */
	size_t count;
	size_t kept, kept_max; /* bytes of the records of vmlinux's members */
	struct progress progress;
};

static bool same_stamp(const struct file_stamp *a, const struct file_stamp *b)
{
	return a->size == b->size && a->mtime_ns == b->mtime_ns &&
	       a->ctime_ns == b->ctime_ns && a->inode == b->inode &&
	       a->device == b->device;
}

/* What is read of an object.  Derived ones change with every build and hold
 * the symbols of their parts once more: their sections must do. */
static unsigned int wanted(const struct tree_object *o)
{
	return o->role == ROLE_DERIVED ? 0 : ELF_WANT_SYMBOLS;
}

static void mark_vmlinux_members(struct audit *a)
{
	for (size_t i = 0; i < a->tree.nimages; i++) {
		const struct tree_image *image = &a->tree.images[i];

		if (image->kind != IMAGE_VMLINUX || !image->present)
			continue;
		for (size_t k = 0; k < image->nmembers; k++) {
			struct audit_object *o = &a->objects[image->members[k]];

			o->keep = true;
			o->want |= ELF_WANT_SYMBOLS | ELF_WANT_MERGE_CONTENT;
			if (a->tree.gc_sections)
				o->want |= ELF_WANT_REFERENCES;
		}
	}
}

/* What the last audit knew of an object that has not changed since. */
static const struct stamp_entry *find_stamp(const struct audit *a, size_t i)
{
	const struct tree_object *t = &a->tree.objects[i];
	bool symbols = a->objects[i].want & ELF_WANT_SYMBOLS;
	const struct stamp_entry *known;

	if (a->options.full)
		return NULL;
	known = stamp_cache_find(&a->stamps, t->path);
	if (!known || !same_stamp(&known->stamp, &t->stamp) ||
	    known->detail != (symbols ? FOOTPRINT_FULL : FOOTPRINT_BRIEF))
		return NULL;
	/* A module's objects have their placement set with the stamp. */
	if (t->role == ROLE_MODULE && !known->placement_set)
		return NULL;
	return known;
}

static int use_stamp(struct audit *a, size_t i, struct err *e)
{
	const struct tree_object *t = &a->tree.objects[i];
	struct audit_object *o = &a->objects[i];
	const struct stamp_entry *known = find_stamp(a, i);

	if (!known)
		return 0;
	if (o->keep) {
		int r = store_record_load(a->store, a->stamps.tree, t->path,
					  &a->kept, &o->record, e);

		if (r <= 0)
			return r;
		if (o->want & ELF_WANT_REFERENCES &&
		    !o->record.references_known)
			return 0;
		o->have_record = true;
	}
	o->footprint = known->footprint;
	o->placement_set = t->role == ROLE_MODULE ? known->placement_set : 0;
	o->cached = true;
	return 0;
}

static void read_item(struct measure *m, size_t item, unsigned int also)
{
	struct audit *a = m->audit;
	struct audit_object *o = &a->objects[m->work[item]];
	const char *path = a->tree.objects[m->work[item]].path;

	o->failed = audit_read_object(a, path, o->want | also, &o->record,
				      &o->err) < 0;
	o->have_record = !o->failed;
}

static void produce(void *context, size_t item)
{
	read_item(context, item, ELF_WANT_SMALL);
}

static void drop(void *context, size_t item)
{
	struct measure *m = context;
	struct audit_object *o = &m->audit->objects[m->work[item]];

	if (o->have_record)
		object_record_release(&o->record);
	o->have_record = false;
}

/* All records of vmlinux's members are there at once, for its layout: a tree
 * that needs half of the memory for them (a kernel: one in a hundred) must
 * not take down what else runs. */
static void bound_kept(struct measure *m, size_t item)
{
	struct audit_object *o = &m->audit->objects[m->work[item]];

	if (!o->have_record || !o->keep)
		return;
	m->kept += o->record.arena.bytes;
	if (m->kept <= m->kept_max)
		return;
	m->kept -= o->record.arena.bytes;
	drop(m, item);
	o->failed = true;
	err_set(&o->err, ERR_FORMAT,
		"too large: the objects of vmlinux would take more than %zu MiB of memory",
		m->kept_max >> 20);
}

static int consume(void *context, size_t item, struct err *e)
{
	struct measure *m = context;
	struct audit *a = m->audit;
	struct audit_object *o = &a->objects[m->work[item]];
	int r;

	progress_update(&m->progress, item);
	/* What was too large for many at a time is read alone; so is, once
	 * more, what is damaged. */
	if (o->failed && o->err.code != ERR_NOMEM)
		read_item(m, item, 0);
	bound_kept(m, item);
	if (o->failed) {
		/* Out of memory is no property of the file. */
		return o->err.code == ERR_NOMEM ? err_nomem(e) : 0;
	}
	r = store_footprint(a->store, &o->record,
			    (o->want & ELF_WANT_SYMBOLS) != 0, &o->footprint,
			    e);
	if (r == 0 && a->tree.objects[m->work[item]].role == ROLE_MODULE)
		r = audit_put_placement_set(a, o, NULL, 0, e);
	if (!o->keep)
		drop(context, item);
	return r;
}

static int run(struct measure *m, struct err *e)
{
	struct pipeline_job job = {
		.count = m->count,
		.threads = m->audit->options.threads,
		.window = WINDOW,
		.context = m,
		.produce = produce,
		.consume = consume,
		.drop = drop,
	};
	int r;

	progress_start(&m->progress, m->audit->options.quiet, "objects",
		       m->count);
	r = pipeline_run(&job, e);
	progress_end(&m->progress);
	return r;
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

int audit_measure(struct audit *a, struct err *e)
{
	struct measure m = { .audit = a, .kept_max = half_of_memory() };
	int r = 0;

	a->objects = calloc(a->tree.nobjects + 1, sizeof(*a->objects));
	m.work = calloc(a->tree.nobjects + 1, sizeof(*m.work));
	if (!a->objects || !m.work) {
		free(m.work);
		return err_nomem(e);
	}
	for (size_t i = 0; i < a->tree.nobjects; i++)
		a->objects[i].want = wanted(&a->tree.objects[i]);
	mark_vmlinux_members(a);
	for (size_t i = 0; i < a->tree.nobjects && r == 0; i++) {
		if (a->kept.bytes <= m.kept_max)
			r = use_stamp(a, i, e);
		if (!a->objects[i].cached)
			m.work[m.count++] = i;
	}
	m.kept = a->kept.bytes;
	if (r == 0)
		r = run(&m, e);
	for (size_t i = 0; r == 0 && i < m.count; i++)
		a->skipped += a->objects[m.work[i]].failed;
	a->opened = m.count;
	free(m.work);
	return r;
}
