/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/capture/capture.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "trace/capture/member.h"
#include "trace/capture/tar.h"
#include "support/input.h"
#include "support/input_copy.h"
#include "support/scan.h"
#include "trace/trace_reader.h"

#define PAGE_SIZE_MAX (1u << 20)

struct capture {
	char *name;	    /* as given; "-" is standard input */
	struct input input; /* the tar, or the bare log */
	struct capture_tar tar;
	uint64_t max_bytes;
	int spool;	  /* the trace, or -1 */
	bool streaming;	  /* the trace is the member that tar is at */
	bool done;	  /* it was read to its end */
	bool want_reopen; /* a bare log in a plain file */
	bool spooled_dat;
	enum capture_guess spooled; /* why it was taken for the trace */
	const char *chunk; /* of a bare log, read and not yet handed on */
	size_t chunk_len;
	struct capture_part page_size;
	char *trace; /* info's */
	char contents[192], remark[512];
	struct capture_info info;
};

/* ---- words ---- */

static void append(char *text, size_t size, const char *sep, const char *more)
{
	size_t len = strlen(text);

	snprintf(text + len, size - len, "%s%s", len ? sep : "", more);
}

static void remark(struct capture *c, const char *what, const char *why)
{
	char text[160];

	snprintf(text, sizeof(text), "'%s' %s", what, why);
	append(c->remark, sizeof(c->remark), "; ", text);
}

static void left_out(struct capture *c, enum capture_member m, const char *why)
{
	if (m != CAPTURE_OTHER)
		remark(c, capture_words[m], why);
}

/* 1: the next file, as *ret; 0: the end. */
static int next_member(struct capture *c, enum capture_member *ret,
		       const char **ret_base, struct err *e)
{
	bool sparse = false;
	int r;

	while ((r = capture_tar_next(&c->tar, ret_base, &sparse, e)) > 0) {
		*ret = capture_name(*ret_base);
		if (sparse)
			left_out(c, *ret, "is a sparse file and was left out");
		else
			break;
	}
	return r;
}

/* ---- the small members ---- */

static struct capture_part *part_of(struct capture *c, enum capture_member m)
{
	switch (m) {
	case CAPTURE_KALLSYMS:
		return &c->info.kallsyms;
	case CAPTURE_NOTES:
		return &c->info.notes;
	case CAPTURE_CMDLINE:
		return &c->info.cmdline;
	case CAPTURE_VERSION:
		return &c->info.version;
	case CAPTURE_MODULES:
		return &c->info.modules;
	case CAPTURE_STATS:
		return &c->info.stats;
	case CAPTURE_SLABINFO:
		return &c->info.slabinfo;
	case CAPTURE_SLABS:
		return &c->info.slabs;
	case CAPTURE_VMALLOCINFO:
		return &c->info.vmallocinfo;
	case CAPTURE_PAGE_SIZE:
		return &c->page_size;
	default:
		return NULL;
	}
}

/* One that is damaged or too large is left out: the trace is what counts. */
static int load(struct capture *c, enum capture_member m, struct err *e)
{
	struct capture_part *part = part_of(c, m);
	const char *word = capture_words[m];
	int r;

	if (part->p)
		return 0;
	r = capture_member_read(m, capture_tar_member(&c->tar), part, e);
	if (!r)
		append(c->contents, sizeof(c->contents), ", ", word);
	if (!r || e->code == ERR_NOMEM || e->code == ERR_IO)
		return r;
	remark(c, word,
	       e->code == ERR_SIZE ? "is too large and was left out"
				   : "is damaged and was left out");
	return 0;
}

/* ---- the trace ---- */

static int name_trace(struct capture *c, const char *base, struct err *e)
{
	free(c->trace);
	c->trace = strdup(base);
	if (!c->trace)
		return err_nomem(e);
	capture_printable(c->trace);
	c->info.trace = c->trace;
	return 0;
}

/* Of two logs one is left out, which is never the whole story. */
static void further_log(struct capture *c, const char *base,
			enum capture_guess g)
{
	char name[64];

	if (g == CAPTURE_IS_NAMED) {
		remark(c, "trace", "is there twice: the first was taken");
	} else if (!c->info.more_logs) {
		snprintf(name, sizeof(name), "%s", base);
		capture_printable(name);
		remark(c, name,
		       "is one log more, and only one is taken: import them one by one");
	}
	c->info.more_logs = true;
}

/* Is the member a trace, and a better one than that which is there?  Of two
 * the first readable trace.dat stays, else the first text. */
static bool is_wanted(struct capture *c, const struct input *in,
		      const char *base, bool *ret_dat, enum capture_guess *g)
{
	const char *head;
	size_t len;

	input_head(in, &head, &len);
	*ret_dat = SCAN_LIT(head, head + len, "\x17\x08\x44tracing");
	if (*g != CAPTURE_IS_NAMED)
		*g = capture_guess(base, c->tar.other, head, len);
	if (c->spool < 0)
		return *g != CAPTURE_IS_NONE;
	if (!*ret_dat && *g >= CAPTURE_HAS_EVENTS &&
	    c->spooled >= CAPTURE_HAS_EVENTS)
		further_log(c, *g > c->spooled ? c->trace : base,
			    *g > c->spooled ? c->spooled : *g);
	return *g > c->spooled || *ret_dat;
}

/* Copies the member to a file without a name, if it is a trace. */
static int spool(struct capture *c, const char *base, enum capture_guess g,
		 struct err *e)
{
	struct input in;
	bool dat = false;
	int r, fd = -1;

	if (c->spool >= 0 && c->spooled_dat)
		return 0;
	r = input_open_source(&in, base, capture_tar_member(&c->tar), e);
	if (r) {
		if (e->code != ERR_FORMAT)
			return r;
		if (g == CAPTURE_IS_NAMED)
			remark(c, "trace", "is damaged and was left out");
		return 0;
	}
	input_set_max(&in, c->max_bytes);
	r = is_wanted(c, &in, base, &dat, &g) ? input_seekable(&in, &fd, e) : 0;
	input_close(&in);
	if (r || fd < 0)
		return r;
	if (c->spool >= 0)
		close(c->spool);
	c->spool = fd;
	c->spooled_dat = dat;
	c->spooled = g;
	return name_trace(c, base, e);
}

/* After the trace that was streamed: what came too late. */
static void look_behind(struct capture *c)
{
	enum capture_member m;
	const char *base;
	struct err e;

	c->done = true;
	while (next_member(c, &m, &base, &e) > 0)
		left_out(c, m, "comes after the trace and was not used");
}

static ssize_t stream_read(void *ctx, void *buf, size_t size)
{
	struct capture *c = ctx;
	struct input_source member;
	ssize_t n;

	if (c->done)
		return 0;
	member = capture_tar_member(&c->tar);
	n = member.read(member.ctx, buf, size);
	if (n == 0)
		look_behind(c);
	return n;
}

static ssize_t spool_read(void *ctx, void *buf, size_t size)
{
	const struct capture *c = ctx;

	return read(c->spool, buf, size);
}

/* A bare log that cannot be opened a second time. */
static ssize_t bare_read(void *ctx, void *buf, size_t size)
{
	struct capture *c = ctx;
	struct err e;

	errno = 0;
	if (!c->chunk_len &&
	    input_read(&c->input, &c->chunk, &c->chunk_len, &e)) {
		errno = e.code == ERR_IO && errno ? errno : input_errno(&e);
		return -1;
	}
	if (size > c->chunk_len)
		size = c->chunk_len;
	memcpy(buf, c->chunk, size);
	c->chunk += size;
	c->chunk_len -= size;
	return (ssize_t)size;
}

/* ---- opening ---- */

/* Up to the trace where it comes last, else to the end. */
static int read_members(struct capture *c, struct err *e)
{
	enum capture_member m = CAPTURE_OTHER;
	const char *base = NULL;
	bool ours = false;
	int r;

	while ((r = next_member(c, &m, &base, e)) > 0) {
		/* capture.sh begins with version and ends with the trace. */
		if (c->tar.members == 1)
			ours = m == CAPTURE_VERSION;
		if (m == CAPTURE_OTHER) {
			if (!ours && spool(c, base, CAPTURE_IS_NONE, e))
				return -(int)e->code;
		} else if (m != CAPTURE_TRACE && m != CAPTURE_DAT) {
			if (load(c, m, e))
				return -(int)e->code;
		} else if (ours) {
			c->streaming = true;
			return name_trace(c, base, e);
		} else if (spool(c, base, CAPTURE_IS_NAMED, e)) {
			return -(int)e->code;
		}
	}
	if (c->spool >= 0) {
		if (r) /* damage after the trace */
			append(c->remark, sizeof(c->remark), "; ", e->text);
		return 0;
	}
	if (r)
		return r;
	if (c->tar.encrypted)
		return err_set(
			e, ERR_FORMAT,
			"'%s' is encrypted: unpack it with its password, and import the log in it",
			c->name);
	return err_set(
		e, ERR_FORMAT,
		"no trace in '%s': a capture holds 'trace' or 'trace.dat' (scripts/capture.sh saves one)",
		c->name);
}

static void trim(struct capture_part *part)
{
	while (part->len && (part->p[part->len - 1] == '\n' ||
			     part->p[part->len - 1] == '\0'))
		part->p[--part->len] = '\0';
}

static void fill_info(struct capture *c)
{
	const char *p = c->page_size.p;
	uint64_t v = 0;

	trim(&c->info.cmdline);
	trim(&c->info.version);
	if (p)
		scan_dec(p, p + c->page_size.len, &v);
	if (v >= 1024 && v <= PAGE_SIZE_MAX && !(v & (v - 1)))
		c->info.page_size = (uint32_t)v;
	append(c->contents, sizeof(c->contents), ", ", c->trace);
}

static int open_tar(struct capture *c, bool tar, struct err *e)
{
	c->info.tar = true;
	if (tar ? capture_tar_open(&c->tar, &c->input, e)
		: capture_archive_open(&c->tar, &c->input, e))
		return -(int)e->code;
	if (read_members(c, e))
		return -(int)e->code;
	fill_info(c);
	return 0;
}

int capture_open(const char *path, struct capture **ret, struct err *e)
{
	return capture_open_max(path, 0, ret, e);
}

int capture_open_max(const char *path, uint64_t max_bytes, struct capture **ret,
		     struct err *e)
{
	struct capture *c = calloc(1, sizeof(*c));
	const char *head;
	size_t len;

	if (c)
		c->name = strdup(path);
	if (!c || !c->name) {
		free(c);
		return err_nomem(e);
	}
	c->input.fd = c->spool = -1;
	c->info.contents = c->contents;
	c->info.remark = c->remark;
	c->info.trace = "";
	if (input_open(&c->input, c->name, e))
		goto fail;
	c->max_bytes = max_bytes;
	input_set_max(&c->input, max_bytes);
	input_head(&c->input, &head, &len);
	if (capture_is_tar(head, len) || capture_is_archive(head, len)) {
		if (open_tar(c, capture_is_tar(head, len), e))
			goto fail;
	} else {
		c->want_reopen = c->input.plain_file &&
				 lseek(c->input.fd, 0, SEEK_SET) == 0;
	}
	*ret = c;
	return 0;
fail:
	capture_free(c);
	return -(int)e->code;
}

const struct capture_info *capture_info(const struct capture *c)
{
	return &c->info;
}

int capture_reader_open(struct capture *c, const struct trace_options *options,
			struct trace_reader **ret, struct err *e)
{
	struct trace_options o = *options;
	struct input_source source = { c, bare_read };

	if (c->want_reopen)
		return trace_reader_open(c->name, options, ret, e);
	if (c->streaming)
		source.read = stream_read;
	else if (c->spool >= 0)
		source.read = spool_read;
	if (!o.page_size)
		o.page_size = c->info.page_size;
	return trace_reader_open_source(c->input.name, source, &o, ret, e);
}

void capture_free(struct capture *c)
{
	if (!c)
		return;
	capture_tar_close(&c->tar);
	input_close(&c->input);
	if (c->spool >= 0)
		close(c->spool);
	for (int m = 0; m < CAPTURE_TRACE; m++)
		free(part_of(c, (enum capture_member)m)->p);
	free(c->trace);
	free(c->name);
	free(c);
}
