/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/write.h"

#include <stdlib.h>
#include <string.h>

#include "elf/elf_object.h"
#include "store/record_load.h"
#include "audit/layout.h"
#include "audit/state.h"
#include "store/build.h"
#include "store/codemap_rows.h"
#include "store/footprint.h"
#include "store/image.h"
#include "store/stamps.h"

/* ---- what was known ---- */

int writer_start(struct writer *w, struct store *store,
		 const struct audit_input *in,
		 const unsigned char state[AUDIT_STATE_LEN], struct err *e)
{
	int r;

	w->store = store;
	w->in = in;
	w->rules = module_rules_of(in->info.release, in->info.config,
				   in->info.config_len);
	w->objects = calloc(in->tree.nobjects + 1, sizeof(*w->objects));
	if (!w->objects)
		return err_nomem(e);
	r = store_stamps_load(store, in->info.tree, &w->stamps, e);
	if (r < 0)
		return r;
	return store_build_find(store, &in->info, state, &w->build, e);
}

int writer_touch(struct writer *w, struct err *e)
{
	return store_build_touch(w->store, w->build, w->in->started_ns, e);
}

void writer_release(struct writer *w)
{
	free(w->objects);
	arena_release(&w->arena);
	stamp_cache_release(&w->stamps);
	*w = (struct writer){ 0 };
}

/* ---- objects, as they are measured ---- */

/* n 0: by name. */
static int put_placement_set(struct writer *w, size_t object,
			     const struct measured_object *o,
			     const struct placement *p, size_t n, struct err *e)
{
	enum object_role role = w->in->tree.objects[object].role;
	size_t nsections = o->record.nsections;
	const char **outputs = calloc(nsections + 1, sizeof(*outputs));
	unsigned char *lifetimes = calloc(nsections + 1, 1);
	int r;

	if (!outputs || !lifetimes) {
		r = err_nomem(e);
	} else {
		if (n)
			placements_by_place(w->laid_out, &w->measured->vmlinux,
					    &o->record, p, n, outputs,
					    lifetimes);
		else
			placements_by_name(&o->record, role == ROLE_MODULE,
					   outputs, lifetimes);
		r = store_placement_set(w->store, outputs, lifetimes, nsections,
					&w->objects[object].placement_set, e);
	}
	free(outputs);
	free(lifetimes);
	return r;
}

/* The numbers that messages name sections by. */
static int keep_sections(struct writer *w, const struct object_record *record,
			 struct section_numbers *ret, struct err *e)
{
	ret->elf = arena_alloc(&w->arena,
			       (record->nsections + 1) * sizeof(*ret->elf));
	if (!ret->elf)
		return err_nomem(e);
	for (size_t i = 0; i < record->nsections; i++)
		ret->elf[i] = record->sections[i].index;
	ret->count = record->nsections;
	return 0;
}

static int take_object(void *context, size_t object,
		       const struct measured_object *o, struct err *e)
{
	struct writer *w = context;
	int r = store_footprint(w->store, &o->record,
				(o->want & ELF_WANT_SYMBOLS) != 0,
				&w->objects[object].footprint, e);

	if (r == 0 && o->want & ELF_WANT_SYMBOLS)
		r = store_content_set(w->store, &o->record,
				      &w->objects[object].content_set, e);

	if (r == 0 && w->in->options->messages)
		r = keep_sections(w, &o->record, &w->objects[object].sections,
				  e);

	if (r == 0 && o->by_name)
		r = put_placement_set(w, object, o, NULL, 0, e);
	return r;
}

/* ---- the build ---- */

/* Placements are sorted by input: one run for each member with a record. */
static int put_layout(struct writer *w, struct err *e)
{
	const struct layout *l = &w->laid_out->layout;
	const struct tree_image *image = w->in->tree.images;
	uint32_t input = 0;
	size_t at = 0;
	int r = 0;

	while (image->kind != IMAGE_VMLINUX)
		image++;
	for (size_t i = 0; i < image->nmembers && r == 0; i++) {
		const struct measured_object *o =
			&w->measured->objects[image->members[i]];
		size_t end;

		if (!o->have_record)
			continue;
		while (at < l->nplacements && l->placements[at].input < input)
			at++;
		end = at;
		while (end < l->nplacements &&
		       l->placements[end].input == input)
			end++;
		r = put_placement_set(w, image->members[i], o,
				      &l->placements[at], end - at, e);
		at = end;
		input++;
	}
	return r;
}

static int put_skip(struct writer *w, const char *path, const char *reason,
		    struct err *e)
{
	w->skipped++;
	return store_skip(w->store, w->build, w->nskips++, path, reason, e);
}

static int put_objects(struct writer *w, struct err *e)
{
	int r = 0;

	for (size_t i = 0; i < w->in->tree.nobjects && r == 0; i++) {
		const struct tree_object *t = &w->in->tree.objects[i];
		const struct measured_object *o = &w->measured->objects[i];

		if (o->failed)
			r = put_skip(w, t->path, o->reason, e);
		else
			r = store_object(w->store, w->build, t->path,
					 w->objects[i].footprint, t->role,
					 w->objects[i].placement_set,
					 w->objects[i].message_set,
					 w->objects[i].content_set, e);
	}
	return r < 0 ? r : store_branch_sizes(w->store, w->build, e);
}

int writer_build(struct writer *w, const struct measured *m,
		 const struct laid_out *l,
		 const unsigned char state[AUDIT_STATE_LEN], struct err *e)
{
	int r = 0;

	w->measured = m;
	w->laid_out = l;
	w->was_there = w->build != 0;
	if (w->was_there)
		r = store_build_digest(w->store, w->build, w->before, e);
	if (r == 0 && l->have_layout)
		r = put_layout(w, e);
	if (r == 0)
		r = store_build_put(w->store, &w->in->info, w->build, state,
				    w->in->started_ns, &w->build, e);
	for (size_t i = 0; i < w->in->tree.nboot_files && r >= 0; i++)
		r = store_boot_file(w->store, w->build,
				    &w->in->tree.boot_files[i], e);
	return r < 0 ? r : put_objects(w, e);
}

/* ---- images ---- */

/* Where vmlinux's code is, for call sites. */
static int put_map(struct writer *w, const struct tree_image *image, int64_t id,
		   struct err *e)
{
	const struct measured *m = w->measured;
	const struct object_record **members = calloc(image->nmembers + 1,
						      sizeof(*members));
	int r;

	if (!members)
		return err_nomem(e);
	for (size_t i = 0; i < image->nmembers; i++)
		if (m->objects[image->members[i]].have_record)
			members[i] = &m->objects[image->members[i]].record;
	r = store_image_map(w->store, id, &m->vmlinux, &w->laid_out->layout,
			    members, image->nmembers, e);
	free(members);
	return r;
}

static int take_image(void *context, size_t n,
		      const struct object_record *record, const char *reason,
		      struct err *e)
{
	struct writer *w = context;
	const struct tree *tree = &w->in->tree;
	const struct tree_image *image = &tree->images[n];
	bool laid_out = image->kind == IMAGE_VMLINUX &&
			w->laid_out->have_layout;
	struct module_load load = { .known = false };
	int64_t linked = 0, id = 0;
	int r = 0;

	if (reason)
		r = put_skip(w, image->path, reason, e);
	if (record && image->kind == IMAGE_MODULE)
		load = module_load_compute(&w->rules, record);
	if (record)
		r = store_linked_image(w->store, record, &load, &linked, e);
	if (r == 0)
		r = store_image(w->store, w->build, tree, image, linked, record,
				laid_out ? &w->laid_out->layout : NULL, &id, e);
	return r < 0 || !laid_out ? r : put_map(w, image, id, e);
}

struct measure_sink writer_sink(struct writer *w)
{
	return (struct measure_sink){ w, take_object, take_image };
}

/* ---- the rest ---- */

static int put_remarks(struct writer *w, const struct remarks *remarks,
		       int64_t *ordinal, struct err *e)
{
	int r = 0;

	for (size_t i = 0; i < remarks_count(remarks) && r == 0; i++)
		r = store_remark(w->store, w->build, (*ordinal)++,
				 remarks_text(remarks, i), e);
	return r;
}

/* Members that were compiled after the image was linked are not what is in
 * it: the build was not finished, or somebody compiled one file since. */
static int put_newer(struct writer *w, const struct tree_image *image,
		     int64_t *ordinal, struct err *e)
{
	const struct tree *tree = &w->in->tree;
	struct arena arena = ARENA_INIT;
	const char *first = NULL, *text;
	size_t n = 0;
	int r;

	for (size_t k = 0; k < image->nmembers; k++) {
		const struct tree_object *o = &tree->objects[image->members[k]];

		if (o->stamp.mtime_ns <= image->stamp.mtime_ns)
			continue;
		first = first ? first : o->path;
		n++;
	}
	if (!n)
		return 0;
	text = arena_printf(
		&arena,
		"%zu objects are newer than '%s' (such as '%s'): run make to its end and audit again",
		n, image->path, first);
	r = text ? store_remark(w->store, w->build, (*ordinal)++, text, e)
		 : err_nomem(e);
	arena_release(&arena);
	return r;
}

static int put_all_remarks(struct writer *w, struct err *e)
{
	const struct audit_input *in = w->in;
	const struct layout *l = &w->laid_out->layout;
	int64_t ordinal = 0;
	int r;

	if ((r = put_remarks(w, &in->info.remarks, &ordinal, e)) < 0 ||
	    (r = put_remarks(w, &in->tree.remarks, &ordinal, e)) < 0 ||
	    (r = put_remarks(w, &l->remarks, &ordinal, e)) < 0)
		return r;
	for (size_t i = 0; i < in->tree.nimages && r == 0; i++) {
		const struct tree_image *image = &in->tree.images[i];

		if (image->kind <= IMAGE_MODULE && image->present)
			r = put_newer(w, image, &ordinal, e);
	}
	return r;
}

/* The stamp of an opened object, and its record for the next layout; of what
 * changed too recently they are worth nothing, and old ones must not stay. */
static int put_stamp(struct writer *w, size_t i, struct err *e)
{
	const struct tree_object *t = &w->in->tree.objects[i];
	const struct measured_object *o = &w->measured->objects[i];
	const struct object_ids *ids = &w->objects[i];
	const struct object_record *record = NULL;
	int r;

	if (o->failed || audit_is_racy(w->in->started_ns, &t->stamp)) {
		r = store_stamp_drop(w->store, w->stamps.tree, t->path, e);
	} else {
		r = store_stamp_put(w->store, w->stamps.tree, t->path,
				    &t->stamp, ids->footprint,
				    t->role == ROLE_MODULE ? ids->placement_set
							   : 0,
				    ids->message_cache, ids->message_set,
				    ids->content_set, e);
		if (o->keep && o->have_record)
			record = &o->record;
	}
	return r < 0 ? r
		     : store_record_put(w->store, w->stamps.tree, t->path,
					record, e);
}

int writer_finish(struct writer *w, struct err *e)
{
	const struct tree *tree = &w->in->tree;
	int r = 0;

	for (size_t i = 0; i < tree->nskips && r == 0; i++)
		r = put_skip(w, tree->skips[i].path, tree->skips[i].reason, e);
	if (r == 0)
		r = put_all_remarks(w, e);
	for (size_t i = 0; i < tree->nobjects && r == 0; i++)
		if (!w->measured->objects[i].cached)
			r = put_stamp(w, i, e);
		else if (w->objects[i].message_cache)
			r = store_stamp_messages(w->store, w->stamps.tree,
						 tree->objects[i].path,
						 w->objects[i].message_cache,
						 w->objects[i].message_set, e);
	return r;
}

int writer_unchanged(struct writer *w, bool *ret, struct err *e)
{
	unsigned char after[STATE_LEN];
	int r;

	*ret = false;
	if (!w->was_there)
		return 0;
	r = store_build_digest(w->store, w->build, after, e);
	if (r == 0)
		*ret = memcmp(w->before, after, sizeof(after)) == 0;
	return r;
}
