/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the last audit knew of objects that have not changed since.
 */
#include "audit/known.h"
#include "elf/elf_object.h"
#include "store/record_load.h"
#include "store/stamps.h"

static bool same_stamp(const struct file_stamp *a, const struct file_stamp *b)
{
	return a->size == b->size && a->mtime_ns == b->mtime_ns &&
	       a->ctime_ns == b->ctime_ns && a->inode == b->inode &&
	       a->device == b->device;
}

static const struct stamp_entry *find_stamp(const struct writer *w,
					    const struct tree_object *t,
					    const struct measured_object *o)
{
	bool symbols = o->want & ELF_WANT_SYMBOLS;
	const struct stamp_entry *known = stamp_cache_find(&w->stamps, t->path);

	if (!known || !same_stamp(&known->stamp, &t->stamp) ||
	    known->detail != (symbols ? FOOTPRINT_FULL : FOOTPRINT_BRIEF))
		return NULL;
	/* A module's objects have their placement set with the stamp, those of
	 * a vmlinux that is not there yet have none. */
	if (o->by_name && t->role != ROLE_MODULE)
		return NULL;
	if (t->role == ROLE_MODULE && !known->placement_set)
		return NULL;
	/* By an older version. */
	if (symbols && !known->content_set)
		return NULL;
	return known;
}

static int use_stamp(const struct writer *w, struct arena *kept,
		     const struct tree_object *t, struct measured_object *o,
		     struct object_ids *ids, struct err *e)
{
	const struct stamp_entry *known = find_stamp(w, t, o);

	if (!known)
		return 0;
	if (o->keep) {
		int r = store_record_load(w->store, w->stamps.tree, t->path,
					  kept, &o->record, e);

		if (r <= 0)
			return r;
		if (o->want & ELF_WANT_REFERENCES &&
		    !o->record.references_known)
			return 0;
		o->have_record = true;
	}
	ids->footprint = known->footprint;
	ids->placement_set = t->role == ROLE_MODULE ? known->placement_set : 0;
	ids->message_cache = known->message_cache;
	ids->known_set = known->message_set;
	ids->content_set = known->content_set;
	o->cached = true;
	return 0;
}

int use_known(const struct writer *w, struct measured *m,
	      struct object_ids *objects, struct err *e)
{
	const struct tree *t = &w->in->tree;
	int r = 0;

	if (w->in->options->full)
		return 0;
	for (size_t i = 0; i < m->nobjects && r == 0; i++)
		if (m->kept.bytes <= m->kept_max)
			r = use_stamp(w, &m->kept, &t->objects[i],
				      &m->objects[i], &objects[i], e);
	return r;
}
