/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <string.h>

#include "profile/profile.h"
#include "profile/samples.h"
#include "query/fetch.h"
#include "render/buffer.h"
#include "render/escape.h"

static const struct weight {
	const char *name;
	enum profile_value value;
} weights[] = {
	{ "live", PROFILE_LIVE },
	{ "waste", PROFILE_WASTE },
	{ "total", PROFILE_TOTAL },
	{ "allocs", PROFILE_ALLOCS },
	{ "live-count", PROFILE_LIVE_COUNT },
};

/* What a frame cannot have becomes \xNN. */
static void add_frame(struct buffer *b, const char *name, size_t len)
{
	if (b->len)
		buffer_char(b, ';');
	while (len) {
		const char *end = memchr(name, ';', len);
		size_t n = end ? (size_t)(end - name) : len;

		text_for_terminal(b, name, n);
		if (end) {
			buffer_str(b, "\\x3b");
			n++;
		}
		name += n;
		len -= n;
	}
}

/* "fs/ext4/inode.o": three frames. */
static void add_path(struct buffer *b, const char *path)
{
	while (*path) {
		size_t n = strcspn(path, "/");

		if (n)
			add_frame(b, path, n);
		path += n + (path[n] == '/');
	}
}

static void add_name(struct buffer *b, const char *name)
{
	add_frame(b, name, strlen(name));
}

static void add_stack(struct buffer *b, const struct samples *s,
		      const struct profile_sample *p)
{
	for (size_t i = 0; i < p->nframes; i++)
		add_name(b, s->sites[p->frames[i]].function);
	if (p->apart)
		add_name(b, p->site->function);
}

static int put(struct buffer *b, int64_t weight, FILE *out, struct err *e)
{
	if (b->failed)
		return err_nomem(e);
	if (weight > 0)
		fprintf(out, "%.*s %" PRId64 "\n", (int)b->len, b->at, weight);
	buffer_clear(b);
	return 0;
}

static int write_samples(const struct database *d,
			 const struct profile_request *r,
			 enum profile_value value, struct err *e)
{
	struct buffer line = BUFFER_INIT;
	struct samples s;
	int rc = samples_read(d, r->given, &s, e);

	for (size_t i = 0; i < s.n && !rc; i++) {
		const struct profile_sample *p = &s.list[i];

		if (r->directories || !p->nframes) {
			if (r->directories)
				add_path(&line, p->site->place);
			add_name(&line, p->site->function);
		} else {
			add_stack(&line, &s, p);
		}
		rc = put(&line, p->value[value], r->out, e);
	}
	buffer_release(&line);
	samples_release(&s);
	return rc;
}

struct lines {
	const struct profile_request *r;
	struct buffer line;
};

static int static_row(void *ctx, const struct fetched *row, struct err *e)
{
	struct lines *l = ctx;

	add_path(&l->line, row->text[0] ? row->text[0] : "-");
	add_name(&l->line, row->text[1] ? row->text[1] : "-");
	return put(&l->line, row->number[2], l->r->out, e);
}

static int write_static(const struct database *d,
			const struct profile_request *r, struct err *e)
{
	static const char *const columns[] = { "path", "name", "bytes", NULL };
	struct lines l = { .r = r, .line = BUFFER_INIT };
	struct fetch f = { .d = d,
			   .report = "profile/static",
			   .columns = columns,
			   .request = { .limit = -1 } };
	int rc;

	memcpy(f.request.given, r->given, sizeof(f.request.given));
	rc = fetch_rows(&f, static_row, &l, NULL, NULL, e);
	buffer_release(&l.line);
	return rc;
}

int folded_write(const struct database *d, const struct profile_request *r,
		 struct err *e)
{
	const char *attr = r->attr ? r->attr : "live";

	if (strcmp(attr, "static") == 0)
		return write_static(d, r, e);
	if (r->given[PARAM_IMAGE])
		return err_set(e, ERR_USAGE,
			       "--image is of --attr static: a trace has none");
	for (size_t i = 0; i < sizeof(weights) / sizeof(*weights); i++)
		if (strcmp(weights[i].name, attr) == 0)
			return write_samples(d, r, weights[i].value, e);
	return err_set(e, ERR_USAGE, "no --attr '%.40s': there are %s", attr,
		       PROFILE_ATTRS);
}
