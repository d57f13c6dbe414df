/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "import/import.h"
#include "store/codemap_rows.h"

/* A distribution's kallsyms is 10 MB. */
#define KALLSYMS_MAX ((off_t)256 * 1024 * 1024)

/* ---- which build ---- */

/* A copy with an end; NULL where there is none. */
static const char *keep(struct import *m, const char *p, size_t len)
{
	return p && len ? arena_strndup(&m->arena, p, len) : NULL;
}

static int by_capture(struct import *m, struct err *e)
{
	const struct capture_info *c = capture_info(m->capture);
	const unsigned char *id;
	const char *release;
	size_t len;
	int r;

	m->row.command_line = keep(m, c->cmdline.p, c->cmdline.len);
	if (c->version.p &&
	    capture_release(c->version.p, c->version.len, &release, &len))
		m->row.release = keep(m, release, len);
	if (!c->notes.p ||
	    !capture_build_id(c->notes.p, c->notes.len, &id, &len))
		return 0;
	m->row.build_id = id;
	m->row.build_id_len = len;
	r = store_build_by_build_id(m->store, id, len, &m->row.build, e);
	if (r == 1)
		m->row.chosen = BUILD_BY_ID;
	return r;
}

int import_choose_build(struct import *m, struct err *e)
{
	int r = by_capture(m, e);

	if (r < 0)
		return r;
	if (m->options.build) {
		int64_t named = 0;

		if ((r = store_build_by_ref(m->store, m->options.build, &named,
					    e)) < 0)
			return r;
		if (r == 0 && m->row.build && m->row.build != named)
			r = import_note(
				m, e,
				"the capture's build-id is that of build %" PRId64
				", but --build says %" PRId64,
				m->row.build, named);
		m->row.build = named;
		m->row.chosen = BUILD_NAMED;
		return r < 0 ? r : 0;
	}
	if (m->row.build)
		return 0;
	r = store_build_newest(m->store, &m->row.build, e);
	if (r < 0)
		return r;
	m->row.chosen = r == 1 ? BUILD_NEWEST : BUILD_NONE;
	if (r == 1 && m->row.build_id)
		r = import_note(
			m, e,
			"no audited build has the build-id of the traced kernel; build %" PRId64
			" is the newest",
			m->row.build);
	return r < 0 ? r : 0;
}

/* ---- the running kernel's symbols ---- */

static int read_file(const char *path, char **ret, size_t *ret_len,
		     struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t len = 0, capacity = (size_t)1 << 20;
	char *text = NULL;
	int r = 0;

	if (fd < 0)
		return err_set_errno(e, ERR_IO, "cannot open '%s'", path);
	for (;;) {
		char *grown;
		ssize_t n;

		if (len == (size_t)KALLSYMS_MAX) {
			r = err_set(e, ERR_FORMAT,
				    "'%s' is no kallsyms: it is too large",
				    path);
			break;
		}
		if (!text || len == capacity) {
			capacity = text ? capacity * 2 : capacity;
			grown = realloc(text, capacity);
			if (!grown) {
				r = err_nomem(e);
				break;
			}
			text = grown;
		}
		n = read(fd, text + len, capacity - len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			r = err_set_errno(e, ERR_IO, "cannot read '%s'", path);
		if (n <= 0)
			break;
		len += (size_t)n;
	}
	close(fd);
	if (r < 0) {
		free(text);
		return r;
	}
	*ret = text;
	*ret_len = len;
	return 0;
}

static int use_kallsyms(struct import *m, const char *text, size_t len,
			struct err *e)
{
	bool usable = false;
	int r = resolver_kallsyms(m->resolver, text, len, &usable, e);

	if (r == 0 && !usable)
		r = import_note(
			m, e,
			"the addresses in kallsyms are hidden or of another kernel: read it as root, with kptr_restrict at 1 or 0");
	return r;
}

/* The given file, else the capture's, else trace.dat's own. */
static int read_kallsyms(struct import *m, struct err *e)
{
	const struct trace_result *t = trace_reader_result(m->reader);
	const struct capture_part *part = &capture_info(m->capture)->kallsyms;

	if (m->options.kallsyms) {
		int r = read_file(m->options.kallsyms, &m->own_kallsyms,
				  &m->kallsyms_len, e);

		m->kallsyms = m->own_kallsyms;
		return r;
	}
	m->kallsyms = part->p ? part->p : t->kallsyms;
	m->kallsyms_len = part->p ? part->len : t->kallsyms_len;
	return 0;
}

/* Names for addresses that came without one and are in no build. */
static int name_addresses(struct import *m, struct err *e)
{
	const struct trace_names *n = trace_reader_result(m->reader)->names;

	if (!m->kallsyms)
		return 0;
	m->names = calloc(n->sites.count + 1, sizeof(*m->names));
	if (!m->names)
		return err_nomem(e);
	for (uint32_t i = 1; i < n->sites.count; i++) {
		struct trace_site s = trace_names_site(n, i);

		if (s.addr && !s.text)
			m->names[m->nnames++].address = s.addr;
	}
	if (m->nnames)
		kallsyms_names(m->kallsyms, m->kallsyms_len, m->names,
			       m->nnames);
	return 0;
}

/* ---- the KASLR offset, where only addresses tell ---- */

static int try_kaslr_offsets(struct import *m, struct err *e)
{
	const struct trace_names *n = trace_reader_result(m->reader)->names;
	uint64_t *addresses = calloc(n->sites.count + 1, sizeof(*addresses));
	size_t count = 0;
	int r = 0;

	if (!addresses)
		return err_nomem(e);
	for (uint32_t i = 1; i < n->sites.count; i++) {
		struct trace_site s = trace_names_site(n, i);

		if (s.addr)
			addresses[count++] = s.addr;
	}
	if (count && !resolver_find_kaslr_offset(m->resolver, addresses, count))
		r = import_note(
			m, e,
			"no KASLR slide fits the addresses: give --kallsyms, or boot with nokaslr");
	free(addresses);
	return r;
}

static int number_of(void *ctx, const char *text, size_t len, int64_t *ret,
		     struct err *e)
{
	return store_name_find(ctx, text, len, ret, e);
}

static int text_of(void *ctx, int64_t number, const char **ret, struct err *e)
{
	return store_name_text(ctx, number, ret, e);
}

int import_join(struct import *m, struct err *e)
{
	const struct name_numbers names = { m->store, number_of, text_of };
	int64_t kaslr_offset = 0;
	int r;

	if ((r = read_kallsyms(m, e)) < 0 || (r = name_addresses(m, e)) < 0)
		return r;
	if (!m->row.build)
		return 0;
	r = store_map_load(m->store, m->row.build, &m->map, e);
	if (r < 0)
		return r;
	m->have_map = true;
	if ((r = resolver_new(&m->map, names, &m->resolver, e)) < 0 ||
	    (m->kallsyms &&
	     (r = use_kallsyms(m, m->kallsyms, m->kallsyms_len, e)) < 0))
		return r;
	if (!resolver_kaslr_offset(m->resolver, &kaslr_offset) &&
	    (r = try_kaslr_offsets(m, e)) < 0)
		return r;
	m->row.have_kaslr_offset = resolver_kaslr_offset(m->resolver,
							 &kaslr_offset);
	m->row.kaslr_offset = kaslr_offset;
	if (m->row.have_kaslr_offset && kaslr_offset)
		r = import_note(m, e,
				"the kernel ran %s0x%" PRIx64
				" from where it was linked (KASLR)",
				kaslr_offset < 0 ? "-" : "",
				kaslr_offset < 0 ? -(uint64_t)kaslr_offset
						 : (uint64_t)kaslr_offset);
	return r;
}

/* ---- sites ---- */

static int compare_name(const void *key, const void *element)
{
	const uint64_t *address = key;
	const struct kallsyms_name *name = element;

	return *address < name->address ? -1 : *address > name->address;
}

/* The raw `symbol+0xoff`, as the log has it; else the build's, or that of
 * kallsyms. */
static int caller_of(struct import *m, const struct trace_site *s,
		     const struct site_match *match, char *ret, size_t size,
		     struct err *e)
{
	const struct kallsyms_name *known;
	const char *name;
	size_t len = 0;
	int r;

	if (s->text) {
		while (len < s->len && s->text[len] != '/' &&
		       s->text[len] != ' ')
			len++;
		snprintf(ret, size, "%.*s", (int)(len < 2000 ? len : 2000),
			 s->text);
		return 0;
	}
	if (m->have_map && match->symbol != MAP_NONE &&
	    (match->state == SITE_OBJECT || match->state == SITE_NO_OBJECT)) {
		r = store_name_text(m->store,
				    m->map.symbols[match->symbol].name, &name,
				    e);
		if (r < 0)
			return r;
		snprintf(ret, size, "%s+0x%" PRIx64, name, match->offset);
		return 0;
	}
	known = m->nnames ? bsearch(&s->addr, m->names, m->nnames,
				    sizeof(*m->names), compare_name)
			  : NULL;
	if (known && known->name)
		snprintf(ret, size, "%.*s+0x%" PRIx64, (int)known->name_len,
			 known->name, known->offset);
	else if (s->addr)
		snprintf(ret, size, "0x%" PRIx64, s->addr);
	else
		snprintf(ret, size, "-");
	return 0;
}

static int put_site(struct import *m, uint32_t id, struct err *e)
{
	const struct trace_names *n = trace_reader_result(m->reader)->names;
	struct trace_site s = trace_names_site(n, id);
	struct site_match match = { .state = SITE_NO_BUILD };
	char caller[2100];
	int r;

	match.symbol = match.function = match.object = MAP_NONE;
	if (!s.text && !s.addr)
		match.state = SITE_NO_CALLER;
	else if (m->resolver &&
		 (r = resolver_site(m->resolver, &s, &match, e)) < 0)
		return r;
	m->sites[match.state]++;
	m->row.checked += match.checked;
	m->row.agreed += match.checked && match.agreed;
	if ((r = caller_of(m, &s, &match, caller, sizeof(caller), e)) < 0)
		return r;
	return store_site(m->store, m->row.id, id,
			  intern_get(&n->sites, id).text, caller,
			  m->have_map ? &m->map : NULL, &match, e);
}

int import_put_sites(struct import *m, struct err *e)
{
	const struct trace_names *n = trace_reader_result(m->reader)->names;
	int r = put_site(m, 0, e);

	for (uint32_t i = 1; i < n->sites.count && r == 0; i++)
		r = put_site(m, i, e);
	return r;
}
