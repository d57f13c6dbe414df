/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The steps of an audit, one after the other: the tree is read, measured, laid
 * out and written.
 */
#include "audit/audit.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "audit/history.h"
#include "audit/steps.h"
#include "audit/state.h"
#include "audit/release.h"
#include "audit/object_file.h"
#include "audit/measure.h"
#include "audit/layout.h"
#include "audit/write.h"
#include "audit/write_messages.h"
#include "audit/known.h"
#include "elf/elf_object.h"
#include "kbuild/kbuild_tree.h"
#include "store/message_rows.h"
#include "support/progress.h"

/* A writer waits for another audit or import so long. */
#define WAIT_MS (3600 * 1000)

/* ---- the result ---- */

static int copy_text(struct arena *a, const char *text, const char **ret,
		     struct err *e)
{
	if (text && !(*ret = arena_strdup(a, text)))
		return err_nomem(e);
	return 0;
}

static int copy_remarks(struct audit_result *r, const struct remarks *from,
			struct err *e)
{
	for (size_t i = 0; i < remarks_count(from); i++)
		if (remarks_add(&r->remarks, e, "%s", remarks_text(from, i)))
			return -(int)e->code;
	return 0;
}

static int tell_build(struct audit_result *r, const struct audit_input *in,
		      struct err *e)
{
	int ret;

	r->started_ns = in->started_ns;
	r->objects = in->tree.nobjects;
	if ((ret = copy_text(&r->arena, in->info.release, &r->release, e)) ==
		    0 &&
	    (ret = copy_text(&r->arena, in->info.arch, &r->arch, e)) == 0)
		ret = copy_text(&r->arena, in->info.commit_id, &r->commit_id,
				e);
	return ret;
}

static int tell_numbers(struct audit_result *r, const struct audit_input *in,
			const struct measured *m, const struct laid_out *l,
			struct err *e)
{
	const struct tree *t = &in->tree;
	int ret;

	r->opened = m->opened;
	for (size_t i = 0; i < t->nobjects; i++) {
		r->vmlinux_objects += t->objects[i].role == ROLE_VMLINUX;
		r->module_objects += t->objects[i].role == ROLE_MODULE;
	}
	for (size_t i = 0; i < t->nimages; i++)
		r->modules += t->images[i].kind == IMAGE_MODULE;
	r->have_vmlinux = m->have_vmlinux;
	r->linked_only = t->linked_only;
	r->text = m->vmlinux.text;
	r->data = m->vmlinux.data;
	r->bss = m->vmlinux.bss;
	r->layout = l->layout.source;
	r->checked = l->layout.checked;
	r->agreed = l->layout.agreed;
	if ((ret = copy_remarks(r, &in->info.remarks, e)) == 0 &&
	    (ret = copy_remarks(r, &t->remarks, e)) == 0)
		ret = copy_remarks(r, &l->layout.remarks, e);
	return ret;
}

void audit_result_release(struct audit_result *r)
{
	verify_release(&r->verified);
	remarks_release(&r->remarks);
	arena_release(&r->arena);
}

/* ---- the steps ---- */

static int measure_and_write(struct audit_input *in, struct writer *w,
			     const unsigned char state[AUDIT_STATE_LEN],
			     struct audit_result *result, struct err *e)
{
	struct measure_sink sink = writer_sink(w);
	struct audit_history history = { .running = false };
	struct laid_out l = { 0 };
	struct measured m;
	int r = measure_start(in, &m, e);

	if (r < 0)
		return r;
	if ((r = audit_history_start(in, w->store, &history, e)) == 0 &&
	    (r = use_known(w, &m, w->objects, e)) == 0 &&
	    (r = measure_objects(in, &m, &sink, e)) == 0 &&
	    (r = lay_out(in, &m, &l, e)) == 0 &&
	    (r = writer_messages(w, in, &m, &l, &result->findings, e)) == 0 &&
	    (r = audit_history_finish(&history, w->store, &in->info, e)) == 0 &&
	    (r = writer_build(w, &m, &l, state, e)) == 0 &&
	    (r = measure_images(in, &m, &sink, e)) == 0 &&
	    (r = writer_finish(w, e)) == 0 &&
	    (r = writer_unchanged(w, &result->unchanged, e)) == 0)
		r = tell_numbers(result, in, &m, &l, e);
	audit_history_end(&history);
	result->skipped = w->skipped;
	layout_release(&l.layout);
	measured_release(&m);
	return r;
}

static int open_object(void *ctx, const char *path, struct err *e)
{
	return audit_open(ctx, path, e);
}

static int verify(struct audit_input *in, struct store *store,
		  struct audit_result *result, struct err *e)
{
	const struct verify_job job = {
		.store = store,
		.build = result->build,
		.open = open_object,
		.ctx = in,
		.root = in->root,
	};

	return audit_verify(&job, &result->verified, e);
}

/* Between begin and commit. */
static int run_transaction(struct audit_input *in, struct writer *w,
			   struct store *store, struct audit_result *result,
			   struct err *e)
{
	static const unsigned char untrusted[AUDIT_STATE_LEN];
	const bool full = in->options->full;
	unsigned char state[AUDIT_STATE_LEN];
	bool racy;
	int r;

	if ((r = store_message_additions(store, in->additions, e)) < 0 ||
	    (r = audit_state(in, state, &racy, e)) < 0)
		return r;
	in->info.release = in->info.release
				   ? in->info.release
				   : audit_find_release(in, &in->info.arena);
	if ((r = tell_build(result, in, e)) < 0 ||
	    (r = writer_start(w, store, in, state, e)) < 0)
		return r;
	result->unchanged = r == 1 && !racy && !full;
	if (result->unchanged)
		r = writer_touch(w, e);
	else
		r = measure_and_write(in, w, racy ? untrusted : state, result,
				      e);
	result->build = w->build;
	return r == 0 && in->options->verify ? verify(in, store, result, e) : r;
}

static void say_waiting(void *ctx, const char *for_whom)
{
	const struct audit_input *in = ctx;
	const struct audit_options *o = in->options;

	progress_say(o->quiet, "database '%s': waiting for %s", o->db,
		     for_whom);
}

static int run_store(struct audit_input *in, struct audit_result *result,
		     struct err *e)
{
	struct store *store;
	struct writer w = { 0 };
	const struct store_waiting waiting = { say_waiting, in };
	int r = store_open_saying(in->options->db, &waiting, &store, e);

	if (r < 0)
		return r;
	store_stop_on(store, in->options->stop);
	/* The lock is taken before the stamps are read: a second audit into
	 * the same file waits here and then sees this one's rows. */
	r = store_begin(store, WAIT_MS, e);
	if (r == 0)
		r = run_transaction(in, &w, store, result, e);
	if (r == 0)
		r = store_commit(store, e);
	writer_release(&w);
	store_close(store);
	return r;
}

static int run_tree(struct audit_input *in, struct audit_result *result,
		    struct err *e)
{
	int r = build_info_read(in->options->tree, &in->options->overrides,
				&in->info, e);

	if (r < 0)
		return r;
	in->root = open(in->info.tree, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (in->root < 0) {
		r = err_set_errno(e, ERR_IO, "cannot open '%s'",
				  in->options->tree);
	} else {
		r = run_store(in, result, e);
		close(in->root);
	}
	build_info_release(&in->info);
	return r;
}

int audit_run(const struct audit_options *options, struct audit_result *ret,
	      struct err *e)
{
	struct audit_input in = { .options = options,
				  .root = -1,
				  .started_ns = clock_real_ns() };
	struct audit_result result = { 0 };
	int r;

	if ((r = elf_object_init(e)) < 0 ||
	    (r = kbuild_tree_read(options->tree, &in.tree, e)) < 0)
		return r;
	r = run_tree(&in, &result, e);
	tree_release(&in.tree);
	if (r < 0)
		audit_result_release(&result);
	else
		*ret = result;
	return r;
}
