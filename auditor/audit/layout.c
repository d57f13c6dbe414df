/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which objects are in vmlinux, where, and for how long.
 */
#include "audit/layout.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit/steps.h"
#include "link/archive_members.h"
#include "link/layout.h"
#include "link/lifetime_by_name.h"
#include "link/partial_link.h"
#include "support/safe_open.h"

/* A distribution's map is about 100 MB, its script 50 KB. */
#define MAP_MAX ((size_t)1024 * 1024 * 1024)
#define SCRIPT_MAX ((size_t)16 * 1024 * 1024)

/* ---- placements ---- */

void placements_by_name(const struct object_record *record, bool module,
			const char **outputs, unsigned char *lifetimes)
{
	for (size_t i = 0; i < record->nsections; i++) {
		const struct obj_section *s = &record->sections[i];
		enum section_lifetime lifetime = lifetime_by_name(s, module);

		lifetimes[i] = (unsigned char)lifetime;
		outputs[i] = lifetime == LIFETIME_DISCARD ? NULL : s->name;
	}
}

void placements_by_place(const struct laid_out *l,
			 const struct object_record *image,
			 const struct object_record *record,
			 const struct placement *p, size_t n,
			 const char **outputs, unsigned char *lifetimes)
{
	memset(outputs, 0, record->nsections * sizeof(*outputs));
	/* What a layout in doubt has no place for need not be discarded. */
	if (l->doubtful)
		placements_by_name(record, false, outputs, lifetimes);
	else
		memset(lifetimes, LIFETIME_DISCARD, record->nsections);
	for (size_t i = 0; i < n; i++) {
		if (p[i].section >= record->nsections ||
		    (l->doubtful && p[i].output == PLACED_NOWHERE))
			continue;
		lifetimes[p[i].section] = (unsigned char)p[i].lifetime;
		if (p[i].output < image->nsections)
			outputs[p[i].section] =
				image->sections[p[i].output].name;
	}
}

bool layout_is_doubtful(const struct layout *l, int64_t *ret_unexplained,
			int64_t *ret_image)
{
	int64_t image = 0, unexplained = 0;

	for (size_t i = 0; i < l->nlines; i++) {
		if (l->lines[i].kind == LINE_IMAGE)
			image = l->lines[i].bytes;
		else if (l->lines[i].kind == LINE_UNEXPLAINED)
			unexplained = l->lines[i].bytes;
	}
	*ret_unexplained = unexplained;
	*ret_image = image;
	return llabs(unexplained) > image / 1000;
}

/* ---- the linker's own words ---- */

/* The preprocessed script: arch/SRCARCH/kernel/vmlinux.lds, where SRCARCH
 * need not be ARCH (x86_64: x86); a tree has one. */
static char *read_script(const struct audit_input *in, size_t *ret_len)
{
	int fd = safe_open(in->root, "arch", O_RDONLY | O_DIRECTORY);
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
		    safe_read(in->root, path, SCRIPT_MAX, &text, ret_len) != 0)
			text = NULL;
		arena_release(&names);
	}
	closedir(dir);
	return text;
}

/* ---- which objects ---- */

struct linking {
	struct audit_input *in;
	const struct measured *m;
	struct tree_image *image;
	struct link_input *inputs; /* as the image's members */
	struct arena arena;
};

static struct tree_object *member(const struct linking *g, size_t i)
{
	return &g->in->tree.objects[g->image->members[i]];
}

/* In the order of the lists, as ld -r saw them. */
static int make_inputs(struct linking *g, struct err *e)
{
	size_t n = g->image->nmembers;

	g->inputs = calloc(n + 1, sizeof(*g->inputs));
	if (!g->inputs)
		return err_nomem(e);
	for (size_t i = 0; i < n; i++) {
		uint32_t at = g->image->members[i];
		const struct measured_object *o = &g->m->objects[at];

		g->inputs[i] = (struct link_input){
			.path = g->in->tree.objects[at].path,
			.record = o->have_record ? &o->record : NULL,
			.linktime = g->in->tree.objects[at].role ==
				    ROLE_LINKTIME,
			.on_demand = g->in->tree.objects[at].lib_member,
		};
	}
	return partial_link_apply(g->inputs, n, g->image->groups,
				  g->image->ngroups, &g->arena, e);
}

static int remark_selection(const struct linking *g,
			    const struct link_selection *s, struct err *e)
{
	int r = 0;

	if (s->nleft_over)
		r = remarks_add(
			&g->in->tree.remarks, e,
			"%zu objects (such as '%.200s') are in lists that vmlinux was not linked with: left over",
			s->nleft_over, member(g, s->left_over)->path);
	if (r == 0 && s->nunsure)
		r = remarks_add(
			&g->in->tree.remarks, e,
			"no symbol tells whether %zu objects (such as '%.200s') are in vmlinux: they are counted",
			s->nunsure, member(g, s->unsure)->path);
	return r;
}

/* The image's members, and the inputs, become those that were linked. */
static int apply_selection(struct linking *g, const struct link_selection *s,
			   struct err *e)
{
	size_t n = g->image->nmembers;
	struct link_input *inputs = calloc(n + 1, sizeof(*inputs));
	uint32_t *members = arena_calloc(&g->arena, n + 1, sizeof(*members));
	bool *linked = arena_calloc(&g->arena, n + 1, sizeof(*linked));

	if (!inputs || !members || !linked) {
		free(inputs);
		return err_nomem(e);
	}
	for (size_t i = 0; i < s->norder; i++) {
		inputs[i] = g->inputs[s->order[i]];
		members[i] = g->image->members[s->order[i]];
		linked[s->order[i]] = true;
	}
	for (size_t i = 0; i < n; i++)
		if (!linked[i])
			member(g, i)->role = ROLE_UNLINKED;
	memcpy(g->image->members, members, s->norder * sizeof(*members));
	g->image->nmembers = s->norder;
	free(g->inputs);
	g->inputs = inputs;
	return 0;
}

static int select_members(struct linking *g, struct err *e)
{
	size_t n = g->image->nmembers;
	struct link_candidate *c = arena_calloc(&g->arena, n + 1, sizeof(*c));
	struct link_selection s;
	int r;

	if (!c)
		return err_nomem(e);
	for (size_t i = 0; i < n; i++)
		c[i] = (struct link_candidate){
			.record = g->inputs[i].record,
			.on_demand = member(g, i)->lib_member,
			.dir_list = member(g, i)->dir_list,
		};
	if (!link_has_choice(c, n))
		return 0;
	if (!g->m->have_vmlinux || !g->m->vmlinux.nsymbols)
		return remarks_add(
			&g->in->tree.remarks, e,
			"vmlinux is not there, or has no symbols: members that it need not have are counted");
	r = link_select_members(c, n, &g->m->vmlinux, &g->arena, &s, e);
	if (r == 0)
		r = remark_selection(g, &s, e);
	return r < 0 ? r : apply_selection(g, &s, e);
}

/* A member without a record is missing in every sum: with LTO nearly all are
 * bitcode, and only vmlinux itself can be measured. */
static int remark_unmeasured(const struct linking *g, struct err *e)
{
	size_t missing = 0;

	for (size_t i = 0; i < g->image->nmembers; i++)
		missing += !g->inputs[i].record;
	if (!missing)
		return 0;
	return remarks_add(
		&g->in->tree.remarks, e,
		"%zu of %zu objects of vmlinux could not be measured (query skipped says why): sums by object and directory are without them, and reconcile shows their bytes as unexplained; audit the file vmlinux alone to have all its symbols",
		missing, g->image->nmembers);
}

/* ---- where ---- */

static int remark_doubt(struct audit_input *in, struct laid_out *l,
			struct err *e)
{
	int64_t unexplained, image;

	l->doubtful = layout_is_doubtful(&l->layout, &unexplained, &image);
	if (!l->doubtful)
		return 0;
	return remarks_add(
		&in->tree.remarks, e,
		"%lld of vmlinux's %lld bytes are unexplained: which sections were discarded, and how long they stay, is in doubt (query reconcile)",
		(long long)unexplained, (long long)image);
}

static int compute(struct linking *g, struct laid_out *ret, struct err *e)
{
	struct link_job job = {
		.inputs = g->inputs,
		.image = &g->m->vmlinux,
		.linked_only = g->in->tree.linked_only,
		.gc_sections = g->in->tree.gc_sections,
	};
	char *script = NULL, *map = NULL;
	int r;

	for (size_t i = 0; i < g->image->nmembers; i++)
		if (g->inputs[i].record)
			g->inputs[job.ninputs++] = g->inputs[i];
	if (!job.linked_only) {
		script = read_script(g->in, &job.script_len);
		if (safe_read(g->in->root, "vmlinux.map", MAP_MAX, &map,
			      &job.map_len) != 0)
			map = NULL;
	}
	job.script = script;
	job.map = map;
	r = link_layout_compute(&job, &ret->layout, e);
	ret->have_layout = r == 0;
	free(script);
	free(map);
	return r < 0 ? r : remark_doubt(g->in, ret, e);
}

int lay_out(struct audit_input *in, const struct measured *m,
	    struct laid_out *ret, struct err *e)
{
	struct linking g = { .in = in, .m = m };
	int r;

	for (size_t i = 0; i < in->tree.nimages && !g.image; i++)
		if (in->tree.images[i].kind == IMAGE_VMLINUX)
			g.image = &in->tree.images[i];
	if (!g.image)
		return 0;
	if ((r = make_inputs(&g, e)) == 0 && (r = select_members(&g, e)) == 0)
		r = remark_unmeasured(&g, e);
	if (r == 0 && m->have_vmlinux)
		r = compute(&g, ret, e);
	free(g.inputs);
	arena_release(&g.arena);
	return r;
}
