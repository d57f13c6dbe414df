/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "audit/audit.h"
#include "commands.h"
#include "elf/elf_object.h"
#include "kbuild/kbuild_tree.h"
#include "render/diag.h"
#include "support/pipeline.h"
#include "support/progress.h"

static int read_options(const struct args *args, struct audit_options *o,
			struct err *e)
{
	int r = args_database(args, &o->db, e);

	o->tree = args_operand(args);
	o->overrides.label = args->given[OPTION_BUILD_LABEL];
	o->overrides.commit = args->given[OPTION_COMMIT];
	o->full = args->given[OPTION_FULL];
	o->quiet = args->given[OPTION_QUIET];
	o->threads = (unsigned int)args_number(args, OPTION_JOBS,
					       pipeline_default_threads());
	return r;
}

static void say_sizes(const struct audit *a)
{
	size_t vmlinux = 0, module = 0, modules = 0;

	for (size_t i = 0; i < a->tree.nobjects; i++) {
		vmlinux += a->tree.objects[i].role == ROLE_VMLINUX;
		module += a->tree.objects[i].role == ROLE_MODULE;
	}
	for (size_t i = 0; i < a->tree.nimages; i++)
		modules += a->tree.images[i].kind == IMAGE_MODULE;
	diag("  %zu objects in vmlinux, %zu in %zu modules, %zu others\n",
	     vmlinux, module, modules, a->tree.nobjects - vmlinux - module);
	if (!a->have_vmlinux)
		return;
	diag("  vmlinux: %" PRIu64 " text, %" PRIu64 " data, %" PRIu64
	     " bss bytes; layout by %s, %zu of %zu symbols where it says\n",
	     a->vmlinux.text, a->vmlinux.data, a->vmlinux.bss,
	     a->tree.whole			 ? "its own addresses"
	     : a->layout.source == LAYOUT_MAP	 ? "the linker's map"
	     : a->layout.source == LAYOUT_SCRIPT ? "the linker script"
						 : "names alone",
	     a->layout.agreed, a->layout.checked);
}

static void say_remarks(const char *const *remarks, size_t count)
{
	for (size_t i = 0; i < count; i++)
		diag("  note: %s\n", remarks[i]);
}

static void say_summary(const struct audit *a)
{
	double seconds = (double)(clock_real_ns() - a->started_ns) / 1e9;

	diag("kmemdb: build %" PRId64 " in %s: %s%s%s%s%.12s\n", a->build,
	     a->options.db,
	     a->info.release ? a->info.release : "unknown release",
	     a->info.arch ? " " : "", a->info.arch ? a->info.arch : "",
	     a->info.commit_id ? " at " : "",
	     a->info.commit_id ? a->info.commit_id : "");
	if (a->unchanged) {
		diag("  nothing changed since the last audit (%.2f s)\n",
		     seconds);
		return;
	}
	say_sizes(a);
	say_remarks(a->info.remarks, a->info.nremarks);
	say_remarks(a->tree.remarks, a->tree.nremarks);
	say_remarks(a->layout.remarks, a->layout.nremarks);
	diag("  %zu objects opened, %zu known by their stamps, %zu skipped (%.2f s)\n",
	     a->opened, a->tree.nobjects - a->opened, a->skipped, seconds);
	if (a->skipped)
		diag("  kmemdb query skipped says what and why\n");
}

/* The steps between begin and commit. */
static int run_transaction(struct audit *a, struct err *e)
{
	int r = store_stamps_load(a->store, a->info.tree, &a->stamps, e);

	if (r < 0)
		return r;
	r = store_build_find(a->store, &a->info, a->state, &a->build, e);
	if (r < 0)
		return r;
	if (r == 1 && !a->racy && !a->options.full) {
		a->unchanged = true;
		return store_build_touch(a->store, a->build, a->started_ns, e);
	}
	if ((r = audit_read_vmlinux(a, e)) < 0 ||
	    (r = audit_measure(a, e)) < 0 || (r = audit_link(a, e)) < 0)
		return r;
	return audit_write(a, e);
}

static int run(struct audit *a, struct err *e)
{
	int r;

	a->started_ns = clock_real_ns();
	if ((r = elf_object_init(e)) < 0 ||
	    (r = kbuild_tree_read(a->options.tree, &a->tree, e)) < 0 ||
	    (r = build_info_read(a->options.tree, &a->options.overrides,
				 &a->info, e)) < 0 ||
	    (r = audit_state(a, e)) < 0)
		return r;
	a->root = open(a->info.tree, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (a->root < 0)
		return err_set_errno(e, ERR_IO, "cannot open '%s'",
				     a->options.tree);
	audit_find_release(a);
	/* The lock is taken before the stamps are read: a second audit into
	 * the same file waits here and then sees this one's rows. */
	if ((r = store_open(a->options.db, &a->store, e)) < 0 ||
	    (r = store_begin(a->store, 3600 * 1000, e)) < 0)
		return r;
	r = run_transaction(a, e);
	return r < 0 ? r : store_commit(a->store, e);
}

static void release(struct audit *a)
{
	for (size_t i = 0; a->objects && i < a->tree.nobjects; i++)
		if (a->objects[i].have_record)
			object_record_release(&a->objects[i].record);
	free(a->objects);
	arena_release(&a->kept);
	if (a->have_vmlinux)
		object_record_release(&a->vmlinux);
	layout_release(&a->layout);
	stamp_cache_release(&a->stamps);
	store_close(a->store);
	build_info_release(&a->info);
	tree_release(&a->tree);
	if (a->root >= 0)
		close(a->root);
}

int cmd_audit(const struct args *args, struct err *e)
{
	struct audit a = { .root = -1 };
	int r = read_options(args, &a.options, e);

	if (r < 0)
		return r;
	r = run(&a, e);
	if (r == 0 && !a.options.quiet)
		say_summary(&a);
	if (r == 0)
		r = a.skipped ? EXIT_SKIPPED : EXIT_DONE;
	release(&a);
	return r;
}
