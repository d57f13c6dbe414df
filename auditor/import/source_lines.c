/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/source_lines.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "elf/elf_object.h"
#include "store/trace.h"
#include "store/source_line.h"
#include "support/safe_open.h"
#include "symbols/line_frame.h"
#include "symbols/lines_batch.h"
#include "symbols/source_path.h"

struct asking {
	struct store *store;
	int64_t trace, build;
	struct arena *arena;
	struct remarks *notes;
};

/* The image's file, if it still is what was audited; -1 and why. */
static int open_image(const struct image_file *f, const char **ret_why)
{
	struct object_record record;
	struct err ignored;
	int root = open(f->tree, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int fd = root >= 0 ? safe_open(root, f->path, O_RDONLY | O_NONBLOCK)
			   : -1;
	bool same;

	if (root >= 0)
		close(root);
	*ret_why = "its tree is gone";
	if (fd < 0)
		return -1;
	*ret_why = "it changed since the audit";
	if (elf_object_read(fd, 0, &record, &ignored) < 0) {
		close(fd);
		return -1;
	}
	same = f->build_id_len && record.build_id_len == f->build_id_len &&
	       memcmp(record.build_id, f->build_id, f->build_id_len) == 0;
	if (!f->build_id_len)
		*ret_why = "it has no build-id to compare";
	object_record_release(&record);
	if (!same) {
		close(fd);
		return -1;
	}
	return fd;
}

static int put_answer(struct asking *m, const struct wanted_line *at,
		      const struct line_answer *answer,
		      const struct image_file *f, struct err *e)
{
	struct source_frame frames[LINE_FRAMES_MAX];
	size_t n = 0;

	for (size_t i = 0; i < answer->nframes && n < LINE_FRAMES_MAX; i++) {
		frames[n].function = answer->frames[i].function;
		frames[n].file = source_path_relative(answer->frames[i].file,
						      f->source, f->tree);
		frames[n++].line = answer->frames[i].line;
	}
	return store_source_line(m->store, m->build, at, frames, n, e);
}

static int ask(struct asking *m, const struct image_file *f, int fd,
	       const struct wanted_line *wanted, size_t n, struct err *e)
{
	struct line_query *queries = calloc(n + 1, sizeof(*queries));
	struct line_answer *answers = calloc(n + 1, sizeof(*answers));
	bool debug = false;
	struct err why;
	int r = 0;

	if (!queries || !answers) {
		r = err_nomem(e);
		goto out;
	}
	/* A return address: the call is the instruction before. */
	for (size_t i = 0; i < n; i++)
		queries[i] = (struct line_query){ wanted[i].section,
						  wanted[i].address - 1 };
	if (lines_batch(fd, f->path, queries, n, m->arena, answers, &debug,
			&why) < 0) {
		r = remarks_add(m->notes, e, "no source lines: %.400s",
				why.text);
		goto out;
	}
	for (size_t i = 0; i < n && r == 0; i++)
		r = put_answer(m, &wanted[i], &answers[i], f, e);
out:
	free(queries);
	free(answers);
	return r;
}

static int ask_image(struct asking *m, const struct wanted_line *wanted,
		     size_t n, struct err *e)
{
	struct image_file f;
	const char *why;
	int fd, r;

	r = store_image_file(m->store, m->build, wanted->image, m->arena, &f,
			     e);
	if (r <= 0)
		return r;
	fd = open_image(&f, &why);
	if (fd < 0)
		return remarks_add(m->notes, e,
				   "no source lines of '%.200s': %s", f.path,
				   why);
	r = ask(m, &f, fd, wanted, n, e);
	close(fd);
	return r;
}

static int ask_all(struct asking *m, struct err *e)
{
	struct wanted_line *wanted;
	size_t count, end;
	int r;

	r = store_lines_wanted(m->store, m->trace, m->build, m->arena, &wanted,
			       &count, e);
	if (r < 0)
		return r;
	if (count)
		r = elf_object_init(e);
	for (size_t i = 0; i < count && r == 0; i = end) {
		end = i + 1;
		while (end < count && wanted[end].image == wanted[i].image)
			end++;
		r = ask_image(m, wanted + i, end - i, e);
	}
	free(wanted);
	return r;
}

int source_lines_store(struct store *s, int64_t trace, int64_t build,
		       struct arena *a, struct remarks *notes, struct err *e)
{
	struct asking m = { s, trace, build, a, notes };
	int r = ask_all(&m, e);

	return r < 0 ? r : store_owners(s, trace, build, e);
}
