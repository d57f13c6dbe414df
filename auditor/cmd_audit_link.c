/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <elf.h>

#include "cmd_audit.h"
#include "elf/elf_object.h"
#include "elf/life.h"
#include "link/link_layout.h"
#include "support/beneath.h"
#include "support/strmap.h"

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

int audit_read_vmlinux(struct audit *a, struct err *e)
{
	struct tree_image *image = vmlinux_image(a);
	struct err why;
	int fd;

	if (!image || !image->present)
		return 0;
	fd = beneath_open(a->root, image->path, O_RDONLY | O_NONBLOCK);
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
	return 0;
}

/* The preprocessed script: arch/SRCARCH/kernel/vmlinux.lds, where SRCARCH
 * need not be ARCH (x86_64: x86); a tree has one. */
static char *read_script(const struct audit *a, size_t *ret_len)
{
	int fd = beneath_open(a->root, "arch", O_RDONLY | O_DIRECTORY);
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
		    beneath_read(a->root, path, SCRIPT_MAX, &text, ret_len) !=
			    0)
			text = NULL;
		arena_release(&names);
	}
	closedir(dir);
	return text;
}

/* ---- members of a lib.a that is linked on demand ---- */

/* Names of global symbols that objects certain to be linked define. */
static int certain_names(struct audit *a, const struct tree_image *image,
			 struct strmap *ret, struct err *e)
{
	for (size_t i = 0; i < image->nmembers; i++) {
		const struct audit_object *o = &a->objects[image->members[i]];
		bool added;

		if (!o->have_record ||
		    a->tree.objects[image->members[i]].lib_member)
			continue;
		for (size_t k = 0; k < o->record.nsymbols; k++) {
			const struct obj_symbol *s = &o->record.symbols[k];

			if (s->bind != STB_LOCAL &&
			    !strmap_put(ret, s->name, strlen(s->name), 1,
					&added))
				return err_set(e, ERR_NOMEM, "out of memory");
		}
	}
	return 0;
}

static int image_names(const struct audit *a, struct strmap *ret, struct err *e)
{
	for (size_t k = 0; k < a->vmlinux.nsymbols; k++) {
		const struct obj_symbol *s = &a->vmlinux.symbols[k];
		bool added;

		if (s->bind != STB_LOCAL &&
		    !strmap_put(ret, s->name, strlen(s->name), s->value,
				&added))
			return err_set(e, ERR_NOMEM, "out of memory");
	}
	return 0;
}

/* The linker took a member if vmlinux has a global symbol that nobody else
 * could have brought. */
static bool was_taken(const struct object_record *r,
		      const struct strmap *certain, const struct strmap *image)
{
	for (size_t k = 0; k < r->nsymbols; k++) {
		const struct obj_symbol *s = &r->symbols[k];
		uint64_t ignored;

		if (s->bind != STB_LOCAL &&
		    strmap_get(image, s->name, strlen(s->name), &ignored) &&
		    !strmap_get(certain, s->name, strlen(s->name), &ignored))
			return true;
	}
	return false;
}

/* Where the member's code begins in the image, by its first global symbol
 * in .text: members stand there in the order in which the linker took them,
 * which no file tells. */
static uint64_t code_start(const struct object_record *r,
			   const struct strmap *image)
{
	for (size_t k = 0; k < r->nsymbols; k++) {
		const struct obj_symbol *s = &r->symbols[k];
		uint64_t addr;

		if (s->bind != STB_LOCAL && SYM_IN_SECTION(s) &&
		    strcmp(r->sections[s->section].name, ".text") == 0 &&
		    strmap_get(image, s->name, strlen(s->name), &addr))
			return addr - s->value;
	}
	return UINT64_MAX;
}

struct taken {
	uint64_t start;
	uint32_t object;
};

static int compare_taken(const void *pa, const void *pb)
{
	const struct taken *a = pa, *b = pb;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return a->object < b->object ? -1 : a->object > b->object;
}

/* Puts the members that were taken into their order. */
static int order_lib_members(struct audit *a, struct tree_image *image,
			     const struct strmap *in_image, struct err *e)
{
	struct taken *taken = calloc(image->nmembers + 1, sizeof(*taken));
	size_t n = 0, next = 0;

	if (!taken)
		return err_set(e, ERR_NOMEM, "out of memory");
	for (size_t i = 0; i < image->nmembers; i++) {
		uint32_t at = image->members[i];

		if (a->tree.objects[at].lib_member &&
		    a->objects[at].have_record)
			taken[n++] = (struct taken){
				code_start(&a->objects[at].record, in_image), at
			};
	}
	qsort(taken, n, sizeof(*taken), compare_taken);
	for (size_t i = 0; i < image->nmembers; i++) {
		uint32_t at = image->members[i];

		if (a->tree.objects[at].lib_member &&
		    a->objects[at].have_record)
			image->members[i] = taken[next++].object;
	}
	free(taken);
	return 0;
}

static int decide_lib_members(struct audit *a, struct tree_image *image,
			      struct err *e)
{
	struct strmap certain = STRMAP_INIT, in_image = STRMAP_INIT;
	size_t kept = 0;
	int r = 0;

	if ((r = certain_names(a, image, &certain, e)) < 0 ||
	    (r = image_names(a, &in_image, e)) < 0)
		goto out;
	for (size_t i = 0; i < image->nmembers; i++) {
		uint32_t at = image->members[i];
		struct tree_object *t = &a->tree.objects[at];

		if (t->lib_member && a->objects[at].have_record &&
		    !was_taken(&a->objects[at].record, &certain, &in_image)) {
			t->role = ROLE_UNLINKED;
			continue;
		}
		image->members[kept++] = at;
	}
	image->nmembers = kept;
	r = order_lib_members(a, image, &in_image, e);
out:
	strmap_release(&certain);
	strmap_release(&in_image);
	return r;
}

/* ---- the layout ---- */

static int compute(struct audit *a, const struct tree_image *image,
		   struct link_job *job, struct err *e)
{
	struct link_input *inputs = calloc(image->nmembers + 1,
					   sizeof(*inputs));
	int r;

	if (!inputs)
		return err_set(e, ERR_NOMEM, "out of memory");
	for (size_t i = 0; i < image->nmembers; i++) {
		uint32_t at = image->members[i];

		if (!a->objects[at].have_record)
			continue;
		inputs[job->ninputs++] = (struct link_input){
			.path = a->tree.objects[at].path,
			.record = &a->objects[at].record,
			.linktime = a->tree.objects[at].role == ROLE_LINKTIME,
		};
	}
	job->inputs = inputs;
	r = link_layout_compute(job, &a->layout, e);
	free(inputs);
	return r;
}

/* By name: the output section is not known, only how long it stays. */
static void fate_by_name(const struct object_record *r, const char **outputs,
			 unsigned char *lives, bool module)
{
	for (size_t i = 0; i < r->nsections; i++) {
		enum section_life life = life_by_name(&r->sections[i], module);

		lives[i] = (unsigned char)life;
		outputs[i] = life == LIFE_DISCARD ? NULL : r->sections[i].name;
	}
}

static void fate_by_place(const struct audit *a, const struct placement *p,
			  size_t count, size_t nsections, const char **outputs,
			  unsigned char *lives)
{
	memset(lives, LIFE_DISCARD, nsections);
	for (size_t i = 0; i < count; i++) {
		if (p[i].section >= nsections)
			continue;
		lives[p[i].section] = (unsigned char)p[i].life;
		if (p[i].output < a->vmlinux.nsections)
			outputs[p[i].section] =
				a->vmlinux.sections[p[i].output].name;
	}
}

int audit_put_fate(struct audit *a, struct audit_object *o,
		   const struct placement *p, size_t n, struct err *e)
{
	size_t nsections = o->record.nsections;
	const char **outputs = calloc(nsections + 1, sizeof(*outputs));
	unsigned char *lives = calloc(nsections + 1, 1);
	int r;

	if (!outputs || !lives) {
		r = err_set(e, ERR_NOMEM, "out of memory");
	} else {
		if (n)
			fate_by_place(a, p, n, nsections, outputs, lives);
		else
			fate_by_name(&o->record, outputs, lives, !o->keep);
		r = store_fate(a->store, outputs, lives, nsections, &o->fate,
			       e);
	}
	free(outputs);
	free(lives);
	return r;
}

/* Placements are sorted by input: one run for each object. */
static int put_fates(struct audit *a, const struct tree_image *image,
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
		r = audit_put_fate(a, o, &l->placements[at], end - at, e);
		at = end;
		input++;
	}
	return r;
}

int audit_link(struct audit *a, struct err *e)
{
	struct tree_image *image = vmlinux_image(a);
	struct link_job job = { .image = &a->vmlinux };
	char *script = NULL, *map = NULL;
	int r;

	if (!image || !a->have_vmlinux)
		return 0;
	r = decide_lib_members(a, image, e);
	if (r < 0)
		return r;
	script = read_script(a, &job.script_len);
	if (beneath_read(a->root, "vmlinux.map", MAP_MAX, &map, &job.map_len) !=
	    0)
		map = NULL;
	job.script = script;
	job.map = map;
	r = compute(a, image, &job, e);
	if (r == 0)
		r = put_fates(a, image, e);
	free(script);
	free(map);
	return r;
}
