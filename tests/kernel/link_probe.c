/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Holds the replay of a linker script against the linker's own map, on a
 * real tree: every section's place and every reconcile line.
 *
 *	tests/kernel/relink.sh TREE OUT.map
 *	link_probe TREE OUT.map [SCRIPT [gc]]
 *
 * reads OUT.map.inputs, TREE/vmlinux and TREE's script; gc: it was linked
 * with --gc-sections.  Prints both reconcile tables, what differs, and how
 * long each took.  Exit 1 where a section's place differs.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "elf/elf_object.h"
#include "link/layout.h"

static const char *const kinds[LINE_KIND_COUNT] = {
	[LINE_OBJECTS] = "objects", [LINE_LINKTIME] = "linktime",
	[LINE_DISCARD] = "discard", [LINE_MERGE] = "merge",
	[LINE_COMMON] = "common",   [LINE_FILL] = "fill",
	[LINE_SCRIPT] = "script",   [LINE_LINKER] = "linker",
	[LINE_IMAGE] = "image",	    [LINE_UNEXPLAINED] = "unexplained",
	[LINE_SPAN] = "span",	    [LINE_INIT] = "init",
};

static void die(const char *what, const char *why)
{
	fprintf(stderr, "link_probe: %s: %s\n", what, why);
	exit(3);
}

static char *slurp(const char *path, size_t *ret_len)
{
	FILE *f = fopen(path, "r");
	size_t n = 0, cap = 1 << 20, got;
	char *text = malloc(cap);

	if (!f || !text)
		die(path, strerror(errno));
	while ((got = fread(text + n, 1, cap - n - 1, f))) {
		n += got;
		if (cap - n < 2)
			text = realloc(text, cap *= 2);
		if (!text)
			die(path, "out of memory");
	}
	fclose(f);
	text[n] = '\0';
	*ret_len = n;
	return text;
}

static struct object_record *read_object(const char *path)
{
	struct object_record *r = calloc(1, sizeof(*r));
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct err e;

	if (!r || fd < 0)
		die(path, strerror(errno));
	if (elf_object_read(fd,
			    ELF_WANT_SYMBOLS | ELF_WANT_MERGE_CONTENT |
				    ELF_WANT_REFERENCES,
			    r, &e))
		die(path, e.text);
	close(fd);
	return r;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static struct layout compute(const struct link_job *job, const char *name)
{
	struct layout l;
	struct err e;
	double t = now();

	if (link_layout_compute(job, &l, &e))
		die(name, e.text);
	printf("%s: source %d, %.1f ms, %zu placements, symbols %zu of %zu\n",
	       name, l.source, now() - t, l.nplacements, l.agreed, l.checked);
	for (int lifetime = 0; lifetime < LIFETIME_COUNT; lifetime++) {
		uint64_t bytes = 0;

		for (size_t i = 0; i < l.nplacements; i++)
			if ((int)l.placements[i].lifetime == lifetime)
				bytes += l.placements[i].size;
		printf("  life %d: %llu bytes\n", lifetime,
		       (unsigned long long)bytes);
	}
	for (size_t i = 0; i < remarks_count(&l.remarks); i++)
		printf("  remark: %s\n", remarks_text(&l.remarks, i));
	return l;
}

static int64_t find(const struct layout *l, const struct link_line *x)
{
	for (size_t i = 0; i < l->nlines; i++)
		if (l->lines[i].kind == x->kind &&
		    !strcmp(l->lines[i].subject, x->subject))
			return l->lines[i].bytes;
	return 0;
}

static int compare_lines(const struct layout *a, const struct layout *b)
{
	int differ = 0;

	for (size_t i = 0; i < a->nlines; i++) {
		const struct link_line *x = &a->lines[i];
		int64_t y = find(b, x);

		printf("%-12s %-32s %12lld %12lld%s\n", kinds[x->kind],
		       x->subject, (long long)x->bytes, (long long)y,
		       x->bytes == y ? "" : "  <--");
		differ += x->bytes != y;
	}
	for (size_t i = 0; i < b->nlines; i++) {
		const struct link_line *x = &b->lines[i];

		if (find(a, x) || !x->bytes)
			continue;
		printf("%-12s %-32s %12d %12lld  <--\n", kinds[x->kind],
		       x->subject, 0, (long long)x->bytes);
		differ++;
	}
	return differ;
}

static int compare_places(const struct link_job *job, const struct layout *a,
			  const struct layout *b)
{
	size_t n = a->nplacements < b->nplacements ? a->nplacements
						   : b->nplacements;
	int differ = a->nplacements != b->nplacements;

	for (size_t i = 0; i < n; i++) {
		const struct placement *x = &a->placements[i];
		const struct placement *y = &b->placements[i];
		const struct link_input *in = &job->inputs[x->input];

		if (x->addr == y->addr && x->output == y->output &&
		    x->size == y->size && x->lifetime == y->lifetime)
			continue;
		if (differ++ < 25)
			printf("%s(%s): %d %llx+%llx life %d, map %d %llx+%llx life %d\n",
			       in->path, in->record->sections[x->section].name,
			       (int)x->output, (unsigned long long)x->addr,
			       (unsigned long long)x->size, (int)x->lifetime,
			       (int)y->output, (unsigned long long)y->addr,
			       (unsigned long long)y->size, (int)y->lifetime);
	}
	printf("%d of %zu places differ\n", differ, n);
	return differ;
}

static size_t read_inputs(const char *path, struct link_input **ret)
{
	size_t len, n = 0, cap = 0;
	char *text = slurp(path, &len), *save = NULL;
	struct link_input *v = NULL;

	for (char *line = strtok_r(text, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save)) {
		char *space = strchr(line, ' ');

		if (!space)
			continue;
		if (n == cap) {
			cap = cap ? cap * 2 : 1024;
			v = realloc(v, cap * sizeof(*v));
			if (!v)
				die(path, "out of memory");
		}
		v[n++] = (struct link_input){
			.path = space + 1,
			.linktime = line[0] == 'l',
			.record = read_object(space + 1),
		};
	}
	*ret = v;
	return n;
}

int main(int argc, char **argv)
{
	struct link_job job = { 0 };
	struct link_input *inputs;
	struct layout script, map;
	char name[4096];
	struct err e;
	const char *map_text;
	int differ;

	if (argc < 3 || elf_object_init(&e))
		die("usage", "link_probe TREE OUT.map [SCRIPT [gc]]");
	map_text = slurp(argv[2], &job.map_len);
	snprintf(name, sizeof(name), "%s.inputs", argv[2]);
	if (chdir(argv[1]))
		die(argv[1], strerror(errno));
	job.ninputs = read_inputs(name, &inputs);
	job.inputs = inputs;
	job.image = read_object("vmlinux");
	job.gc_sections = argc > 4;
	job.script = slurp(argc > 3 ? argv[3] : "arch/x86/kernel/vmlinux.lds",
			   &job.script_len);
	script = compute(&job, "script");
	job.map = map_text;
	map = compute(&job, "map");
	compare_lines(&script, &map);
	differ = compare_places(&job, &script, &map);
	return differ != 0;
}
