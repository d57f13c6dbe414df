/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit/audit.h"
#include "elf/elf_object.h"
#include "link/lifetime_by_name.h"
#include "link/layout.h"
#include "support/safe_open.h"

/* A distribution's map is about 100 MB, its script 50 KB. */
#define MAP_MAX ((size_t)1024 * 1024 * 1024)
#define SCRIPT_MAX ((size_t)16 * 1024 * 1024)

static struct tree_image *vmlinux_image(struct audit *a)
{
	for (size_t i = 0; i < a->tree.nimages; i++)
		if (a->tree.images[i].kind == IMAGE_VMLINUX)
			return &a->tree.images[i];
	return NULL;
}

static int say_missing(struct audit *a, struct err *e)
{
	int r = 0;

	if (!a->vmlinux.nsymbols)
		r = audit_remark(
			a, e,
			"vmlinux has no symbols (stripped): its functions are not known");
	if (r == 0 && a->tree.whole && !a->vmlinux.has_lines)
		r = audit_remark(
			a, e,
			"vmlinux has no debug information: call sites get no source lines");
	return r;
}

int audit_read_vmlinux(struct audit *a, struct err *e)
{
	struct tree_image *image = vmlinux_image(a);
	struct err why;
	int fd;

	if (!image || !image->present)
		return 0;
	fd = safe_open(a->root, image->path, O_RDONLY | O_NONBLOCK);
	if (fd < 0) {
		image->present = false;
		return 0;
	}
	if (elf_object_read(fd, ELF_WANT_SYMBOLS, &a->vmlinux, &why) == 0)
		a->have_vmlinux = true;
	else
		image->present = false;
	close(fd);
	if (!a->have_vmlinux && why.code == ERR_NOMEM) {
		*e = why;
		return -ERR_NOMEM;
	}
	return a->have_vmlinux ? say_missing(a, e) : 0;
}

/* The preprocessed script: arch/SRCARCH/kernel/vmlinux.lds, where SRCARCH
 * need not be ARCH (x86_64: x86); a tree has one. */
static char *read_script(const struct audit *a, size_t *ret_len)
{
	int fd = safe_open(a->root, "arch", O_RDONLY | O_DIRECTORY);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *entry;
	char *text = NULL;

	if (!dir) {
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	while (!text && (entry = readdir(dir))) {
		struct arena names = ARENA_INIT;
		char *path = arena_printf(&names, "arch/%s/kernel/vmlinux.lds",
					  entry->d_name);

		if (!path || entry->d_name[0] == '.' ||
		    safe_read(a->root, path, SCRIPT_MAX, &text, ret_len) != 0)
			text = NULL;
		arena_release(&names);
	}
	closedir(dir);
	return text;
}

/* ---- the layout ---- */

static int compute(struct audit *a, const struct tree_image *image,
		   struct link_job *job, struct err *e)
{
	struct link_input *inputs = calloc(image->nmembers + 1,
					   sizeof(*inputs));
	int r;

	if (!inputs)
		return err_nomem(e);
	for (size_t i = 0; i < image->nmembers; i++) {
		uint32_t at = image->members[i];

		if (!a->objects[at].have_record)
			continue;
		inputs[job->ninputs++] = (struct link_input){
			.path = a->tree.objects[at].path,
			.record = &a->objects[at].record,
			.linktime = a->tree.objects[at].role == ROLE_LINKTIME,
			.bond = a->objects[at].bond,
		};
	}
	job->inputs = inputs;
	r = link_layout_compute(job, &a->layout, e);
	free(inputs);
	return r;
}

/* By name: the output section is not known, only how long it stays. */
static void placement_set_by_name(const struct object_record *r,
				  const char **outputs, unsigned char *lives,
				  bool module)
{
	for (size_t i = 0; i < r->nsections; i++) {
		enum section_lifetime lifetime =
			lifetime_by_name(&r->sections[i], module);

		lives[i] = (unsigned char)lifetime;
		outputs[i] = lifetime == LIFETIME_DISCARD ? NULL
							  : r->sections[i].name;
	}
}

static void placement_set_by_place(const struct audit *a,
				   const struct object_record *r,
				   const struct placement *p, size_t count,
				   const char **outputs, unsigned char *lives)
{
	size_t nsections = r->nsections;

	/* What a layout in doubt has no place for need not be discarded. */
	if (a->doubtful)
		placement_set_by_name(r, outputs, lives, false);
	else
		memset(lives, LIFETIME_DISCARD, nsections);
	for (size_t i = 0; i < count; i++) {
		if (p[i].section >= nsections ||
		    (a->doubtful && p[i].output == PLACED_NOWHERE))
			continue;
		lives[p[i].section] = (unsigned char)p[i].lifetime;
		if (p[i].output < a->vmlinux.nsections)
			outputs[p[i].section] =
				a->vmlinux.sections[p[i].output].name;
	}
}

int audit_put_placement_set(struct audit *a, struct audit_object *o,
			    const struct placement *p, size_t n, struct err *e)
{
	size_t nsections = o->record.nsections;
	const char **outputs = calloc(nsections + 1, sizeof(*outputs));
	unsigned char *lives = calloc(nsections + 1, 1);
	int r;

	if (!outputs || !lives) {
		r = err_nomem(e);
	} else {
		if (n)
			placement_set_by_place(a, &o->record, p, n, outputs,
					       lives);
		else
			placement_set_by_name(&o->record, outputs, lives,
					      !o->keep);
		r = store_placement_set(a->store, outputs, lives, nsections,
					&o->placement_set, e);
	}
	free(outputs);
	free(lives);
	return r;
}

/* Placements are sorted by input: one run for each object. */
static int put_placement_sets(struct audit *a, const struct tree_image *image,
			      struct err *e)
{
	const struct layout *l = &a->layout;
	uint32_t input = 0;
	size_t at = 0;
	int r = 0;

	for (size_t i = 0; i < image->nmembers && r == 0; i++) {
		struct audit_object *o = &a->objects[image->members[i]];
		size_t end;

		if (!o->have_record)
			continue;
		while (at < l->nplacements && l->placements[at].input < input)
			at++;
		end = at;
		while (end < l->nplacements &&
		       l->placements[end].input == input)
			end++;
		r = audit_put_placement_set(a, o, &l->placements[at], end - at,
					    e);
		at = end;
		input++;
	}
	return r;
}

/* More than 0.1 % (DESIGN 1) unexplained: the layout is wrong somewhere. */
static int check_unexplained(struct audit *a, struct err *e)
{
	int64_t image = 0, unexplained = 0;

	for (size_t i = 0; i < a->layout.nlines; i++) {
		const struct link_line *l = &a->layout.lines[i];

		if (l->kind == LINE_IMAGE)
			image = l->bytes;
		else if (l->kind == LINE_UNEXPLAINED)
			unexplained = l->bytes;
	}
	a->doubtful = llabs(unexplained) > image / 1000;
	if (!a->doubtful)
		return 0;
	return audit_remark(
		a, e,
		"%lld of vmlinux's %lld bytes are unexplained: which sections were discarded, and how long they stay, is in doubt (query reconcile)",
		(long long)unexplained, (long long)image);
}

static int lay_out(struct audit *a, const struct tree_image *image,
		   struct err *e)
{
	struct link_job job = {
		.image = &a->vmlinux,
		.whole = a->tree.whole,
		.gc_sections = a->tree.gc_sections,
	};
	char *script = NULL, *map = NULL;
	int r;

	if (!job.whole) {
		script = read_script(a, &job.script_len);
		if (safe_read(a->root, "vmlinux.map", MAP_MAX, &map,
			      &job.map_len) != 0)
			map = NULL;
	}
	job.script = script;
	job.map = map;
	r = compute(a, image, &job, e);
	if (r == 0)
		r = check_unexplained(a, e);
	if (r == 0)
		r = put_placement_sets(a, image, e);
	free(script);
	free(map);
	return r;
}

/* A member without a record is missing in every sum: with LTO nearly all are
 * bitcode, and only vmlinux itself can be measured. */
static int say_unmeasured(struct audit *a, const struct tree_image *image,
			  struct err *e)
{
	size_t missing = 0;

	for (size_t i = 0; i < image->nmembers; i++)
		missing += !a->objects[image->members[i]].have_record;
	if (!missing)
		return 0;
	return audit_remark(
		a, e,
		"%zu of %zu objects of vmlinux could not be measured (query skipped says why): sums by object and directory are without them, and reconcile shows their bytes as unexplained; audit the file vmlinux alone to have all its symbols",
		missing, image->nmembers);
}

int audit_link(struct audit *a, struct err *e)
{
	struct tree_image *image = vmlinux_image(a);
	struct bonds bonds = { 0 };
	int r;

	if (!image)
		return 0;
	r = audit_bonds_align(a, image, &bonds, e);
	if (r == 0)
		r = audit_members(a, image, e);
	if (r == 0)
		r = say_unmeasured(a, image, e);
	if (r == 0 && a->have_vmlinux)
		r = lay_out(a, image, e);
	audit_bonds_restore(&bonds);
	return r;
}
