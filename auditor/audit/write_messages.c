/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/write_messages.h"

#include <stdlib.h>

#include "audit/message_lines.h"
#include "audit/messages.h"
#include "store/message_cache.h"
#include "support/remarks.h"

/* Newer than every release: of a tree that does not tell its own. */
#define NEWEST 1000000

/* ---- what earlier audits left ---- */

struct memory {
	struct writer *w;
	struct strmap contents;
};

static int64_t find_content(void *context, const unsigned char content[16])
{
	const struct memory *memory = context;
	uint64_t number;

	return strmap_get(&memory->contents, (const char *)content,
			  MESSAGE_CONTENT_LEN, &number)
		       ? (int64_t)number
		       : 0;
}

static int64_t find_object(void *context, size_t object)
{
	const struct memory *memory = context;

	return memory->w->objects[object].message_cache;
}

static int load(void *context, int64_t number, struct arena *a,
		const unsigned char **ret, size_t *ret_len, struct err *e)
{
	const struct memory *memory = context;
	unsigned char content[MESSAGE_CONTENT_LEN];
	struct section_numbers sections;

	return store_message_cache_load(memory->w->store, number, a, content,
					&sections, ret, ret_len, e);
}

/* An object that was not opened: its sections are those that were saved. */
static int find_sections(struct writer *w, size_t object, struct err *e)
{
	struct object_ids *ids = &w->objects[object];
	unsigned char content[MESSAGE_CONTENT_LEN];
	const unsigned char *saved;
	size_t len;
	int r;

	if (ids->sections.elf || !ids->message_cache)
		return 0;
	r = store_message_cache_load(w->store, ids->message_cache, &w->arena,
				     content, &ids->sections, &saved, &len, e);
	return r < 0 ? r : 0;
}

/* ---- lines ---- */

/* An object that was not opened has the lines of the last audit, if that
 * had looked. */
static bool wants_lines(const void *context, size_t object)
{
	const struct writer *w = context;

	return !w->objects[object].known_set;
}

static int known_lines(struct writer *w, struct found_messages *f,
		       struct err *e)
{
	int r = 0;

	for (size_t i = 0; i < f->nobjects && r == 0; i++) {
		const struct object_ids *ids = &w->objects[i];

		if (!f->looked[i] || !f->objects[i].nfindings ||
		    !ids->known_set)
			continue;
		r = find_sections(w, i, e);
		if (r == 0)
			r = store_message_lines(w->store, ids->known_set,
						&ids->sections, &f->objects[i],
						&f->arena, e);
	}
	return r;
}

/* ---- writing ---- */

static int put_all(struct writer *w, const struct found_messages *f,
		   size_t *findings, struct err *e)
{
	int r = 0;

	for (size_t i = 0; i < f->nobjects && r == 0; i++) {
		const struct object_messages *m = &f->objects[i];
		struct object_ids *ids = &w->objects[i];

		ids->message_cache = f->looked[i] ? ids->message_cache : 0;
		if (!f->looked[i])
			continue;
		*findings += m->nfindings;
		r = find_sections(w, i, e);
		if (r == 0)
			r = store_message_set(w->store, m, &ids->sections,
					      &ids->message_set, e);
		if (r == 0 && m->saved_len)
			r = store_message_cache(w->store, m, &ids->sections,
						&ids->message_cache, e);
	}
	return r;
}

static int add_remarks(struct audit_input *in, const struct found_messages *f,
		       struct err *e)
{
	struct remarks *remarks = &in->tree.remarks;
	int r = 0;

	if (f->reason)
		r = remarks_add(
			remarks, e,
			"messages of failed allocations were not searched for: %s",
			f->reason);
	if (r == 0 && in->tree.linked_only)
		r = remarks_add(
			remarks, e,
			"messages of failed allocations were not searched for: there are no objects");
	if (r == 0 && f->blind)
		r = remarks_add(
			remarks, e,
			"%zu objects are of a machine whose code is not decoded: what they print is listed, but not why",
			f->blind);
	if (r == 0 && f->cut_off)
		r = remarks_add(
			remarks, e,
			"%zu functions are too large to be followed to their end: their messages are no findings",
			f->cut_off);
	return r ? -(int)e->code : 0;
}

/* "6.1.140-foo": 6001. */
static int64_t release_number(const char *release)
{
	unsigned long version, patchlevel;
	char *end;

	if (!release)
		return NEWEST;
	version = strtoul(release, &end, 10);
	if (end == release || *end != '.' || version > 999)
		return NEWEST;
	release = end + 1;
	patchlevel = strtoul(release, &end, 10);
	if (end == release || patchlevel > 999)
		return NEWEST;
	return 1000 * (int64_t)version + (int64_t)patchlevel;
}

static int search(struct writer *w, struct audit_input *in,
		  const struct measured *m, struct memory *memory,
		  struct found_messages *ret, struct err *e)
{
	struct known_function *functions;
	struct messages_job job = {
		.in = in,
		.measured = m,
		.memory = { memory, find_content, find_object, load },
	};
	int r = store_message_functions(w->store,
					release_number(in->info.release),
					&w->arena, &functions, &job.nfunctions,
					e);

	if (r < 0)
		return r;
	job.functions = functions;
	return messages_find(&job, ret, e);
}

int writer_messages(struct writer *w, struct audit_input *in,
		    const struct measured *m, const struct laid_out *l,
		    size_t *ret_findings, struct err *e)
{
	struct memory memory = { w, STRMAP_INIT };
	struct found_messages found = { 0 };
	int r = 0;

	*ret_findings = 0;
	if (!in->options->messages)
		return 0;
	/* --full trusts nothing of earlier audits. */
	if (!in->options->full)
		r = store_message_contents(w->store, &memory.contents, e);
	if (r == 0)
		r = search(w, in, m, &memory, &found, e);
	if (r == 0)
		r = known_lines(w, &found, e);
	if (r == 0)
		r = message_lines(in, m, l, &found, wants_lines, w, e);
	if (r == 0)
		r = add_remarks(in, &found, e);
	if (r == 0 && !found.reason)
		r = put_all(w, &found, ret_findings, e);
	found_messages_release(&found);
	strmap_release(&memory.contents);
	return r;
}
