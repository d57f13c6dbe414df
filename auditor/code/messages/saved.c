/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers are LEB128, texts their length and bytes; names that repeat are
 * written once, in a table at the end.
 */
#include "code/messages/saved.h"

#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "code/messages/known.h"
#include "code/messages/summary.h"
#include "support/intern.h"
#include "support/leb128.h"
#include "support/version.h"

/* To be raised with every change of the layout: records of an older number
 * are computed again. */
#define SAVED_VERSION 2

uint32_t saved_hash(const char *name)
{
	return (uint32_t)XXH3_64bits(name, strlen(name));
}

/* The program, and what it knew when it looked. */
static uint64_t made_with(const struct facts_job *job)
{
	uint64_t known = known_table_digest(job->known);

	return XXH3_64bits_withSeed(KMEMDB_VERSION, strlen(KMEMDB_VERSION),
				    known ^ job->gfp_nowarn);
}

/* ---- writing ---- */

struct out {
	unsigned char *bytes;
	size_t len, capacity;
	struct intern texts;
	bool nomem;
};

static void put(struct out *o, uint64_t v)
{
	if (o->len + LEB128_MAX > o->capacity) {
		size_t more = o->capacity ? 2 * o->capacity : 1024;
		unsigned char *p = realloc(o->bytes, more);

		if (!p) {
			o->nomem = true;
			return;
		}
		o->bytes = p;
		o->capacity = more;
	}
	o->len += leb128_put(o->bytes + o->len, v);
}

static void put_text(struct out *o, const char *text)
{
	uint32_t id = intern_borrow(&o->texts, text, strlen(text));

	if (id == INTERN_NONE)
		o->nomem = true;
	put(o, id);
}

static void put_summary(struct out *o, const struct summary *s)
{
	put(o, s->outcome.cls);
	put(o, s->outcome.nfails);
	for (uint8_t i = 0; i < s->outcome.nfails; i++)
		put(o, s->outcome.fails[i]);
	put(o, s->outcome.nsuccesses);
	for (uint8_t i = 0; i < s->outcome.nsuccesses; i++) {
		put(o, s->outcome.successes[i].kind);
		put(o, s->outcome.successes[i].v);
	}
	put(o, s->prints_param);
	put(o, s->prints_kind);
	put(o, s->gfp_param);
	put(o, s->returns_not);
}

uint64_t summary_digest(const struct summary *s)
{
	struct out o = { 0 };
	uint64_t digest;

	if (!summary_differs(s, summary_none()))
		return 0;
	put_summary(&o, s);
	digest = o.nomem ? 1 : XXH3_64bits(o.bytes, o.len) | 1;
	free(o.bytes);
	return digest;
}

static void put_finding(struct out *o, const struct message_finding *f)
{
	put_text(o, f->function);
	put_text(o, f->message);
	put_text(o, f->printer);
	put_text(o, f->allocator);
	put_text(o, f->file ? f->file : "");
	put(o, f->string_section);
	put(o, f->string_offset);
	put(o, f->string_bytes);
	put(o, f->padding_bytes);
	put(o, f->string_users);
	put(o, f->code_bytes);
	put(o, f->index_bytes);
	put(o, f->name_bytes);
	put(o, f->code_section);
	put(o, f->code_offset);
	put(o, f->line);
	put(o, f->verdict);
	put(o, f->level);
	put(o, f->confidence);
}

static void put_message(struct out *o, const struct message_text *t)
{
	put_text(o, t->function);
	put_text(o, t->text);
	put_text(o, t->printer);
	put(o, t->string_section);
	put(o, t->string_offset);
	put(o, t->string_bytes);
	put(o, t->prefix_bytes);
	put(o, t->padding_bytes);
	put(o, t->level);
}

static void put_messages(struct out *o, const struct object_messages *m)
{
	for (size_t i = 0; i < sizeof(m->content); i++)
		put(o, m->content[i]);
	put(o, m->coverage.decoded);
	put(o, m->coverage.functions);
	put(o, m->coverage.looked_at);
	put(o, m->coverage.cut_off);
	put(o, m->coverage.undecoded);
	put(o, m->nfindings);
	for (size_t i = 0; i < m->nfindings; i++)
		put_finding(o, &m->findings[i]);
	put(o, m->ntexts);
	for (size_t i = 0; i < m->ntexts; i++)
		put_message(o, &m->texts[i]);
}

static void put_saved(struct out *o, const struct saved *s)
{
	put(o, s->nexports);
	for (size_t i = 0; i < s->nexports; i++) {
		put_text(o, s->exports[i].name);
		put_summary(o, &s->exports[i].summary);
	}
	put(o, s->ninputs);
	for (size_t i = 0; i < s->ninputs; i++) {
		uint32_t before = i ? s->inputs[i - 1].name : 0;

		put(o, (uint64_t)(s->inputs[i].name - before) << 1 |
			       (s->inputs[i].answer != 0));
		if (s->inputs[i].answer)
			put(o, s->inputs[i].answer);
	}
}

/* The table of texts comes first, so that one way through reads all. */
static unsigned char *join(const struct out *o, uint64_t with, struct arena *a,
			   size_t *ret)
{
	size_t size = 3 * LEB128_MAX + o->len, len = 0;
	unsigned char *p;

	for (size_t i = 0; i < o->texts.count; i++)
		size += o->texts.list[i].len + LEB128_MAX;
	p = arena_alloc(a, size);
	if (!p)
		return NULL;
	len += leb128_put(p + len, SAVED_VERSION);
	len += leb128_put(p + len, with);
	len += leb128_put(p + len, o->texts.count);
	for (size_t i = 0; i < o->texts.count; i++) {
		const struct intern_text *t = &o->texts.list[i];

		len += leb128_put(p + len, t->len);
		memcpy(p + len, t->text, t->len);
		len += t->len;
	}
	if (o->len)
		memcpy(p + len, o->bytes, o->len);
	*ret = len + o->len;
	return p;
}

int saved_write(const struct facts_job *job, const struct saved *s,
		struct object_messages *ret, struct err *e)
{
	struct out o = { .texts = INTERN_INIT };
	unsigned char *blob = NULL;
	size_t len = 0;

	put_saved(&o, s);
	put_messages(&o, ret);
	if (!o.nomem)
		blob = join(&o, made_with(job), &ret->arena, &len);
	intern_release(&o.texts);
	free(o.bytes);
	if (!blob)
		return err_nomem(e);
	ret->saved = blob;
	ret->saved_len = len;
	return 0;
}

/* ---- reading ---- */

struct in {
	const unsigned char *p, *end;
	struct arena *a;
	const char **texts;
	size_t ntexts;
	bool bad;
};

static uint64_t get(struct in *i)
{
	uint64_t v = 0;

	if (i->bad || !leb128_get(&i->p, i->end, &v))
		i->bad = true;
	return v;
}

static uint64_t get_up_to(struct in *i, uint64_t most)
{
	uint64_t v = get(i);

	if (v > most)
		i->bad = true;
	return i->bad ? 0 : v;
}

static uint32_t get32(struct in *i)
{
	return (uint32_t)get_up_to(i, UINT32_MAX);
}

/* Each of what is counted takes a byte at least. */
static size_t get_count(struct in *i)
{
	return (size_t)get_up_to(i, (uint64_t)(i->end - i->p));
}

static const char *get_text(struct in *i)
{
	uint64_t id = get(i);

	if (i->bad || id >= i->ntexts) {
		i->bad = true;
		return "";
	}
	return i->texts[id];
}

static void *get_room(struct in *i, size_t count, size_t size)
{
	void *p = i->bad ? NULL : arena_calloc(i->a, count + 1, size);

	if (!p)
		i->bad = true;
	return p;
}

static void get_texts(struct in *i)
{
	size_t n = get_count(i);

	i->texts = get_room(i, n, sizeof(*i->texts));
	for (size_t k = 0; k < n && !i->bad; k++) {
		size_t len = get_count(i);

		if (i->bad || len > (size_t)(i->end - i->p))
			i->bad = true;
		else
			i->texts[k] = arena_strndup(i->a, (const char *)i->p,
						    len);
		if (!i->bad && !i->texts[k])
			i->bad = true;
		i->p += i->bad ? 0 : len;
	}
	i->ntexts = i->bad ? 0 : n;
}

static void get_summary(struct in *i, struct summary *s)
{
	memset(s, 0, sizeof(*s));
	s->outcome.cls = (uint8_t)get_up_to(i, OUTCOME_CONSTRUCTOR);
	s->outcome.nfails = (uint8_t)get_up_to(i, OUTCOME_FAILS);
	for (uint8_t k = 0; k < s->outcome.nfails; k++)
		s->outcome.fails[k] = get(i);
	s->outcome.nsuccesses = (uint8_t)get_up_to(i, OUTCOME_SUCCESSES);
	for (uint8_t k = 0; k < s->outcome.nsuccesses; k++) {
		s->outcome.successes[k].kind = (uint8_t)get_up_to(i,
								  SUCCESS_ANY);
		s->outcome.successes[k].v = get(i);
	}
	s->prints_param = (uint8_t)get_up_to(i, 2 * FLOW_STACK_ARGS);
	s->prints_kind = (uint8_t)get_up_to(i, PRINT_CHOOSY);
	s->gfp_param = (uint8_t)get_up_to(i, 2 * FLOW_STACK_ARGS);
	s->returns_not = get_up_to(i, 1);
}

static void get_finding(struct in *i, struct message_finding *f)
{
	f->function = get_text(i);
	f->message = get_text(i);
	f->printer = get_text(i);
	f->allocator = get_text(i);
	f->file = get_text(i);
	f->file = *f->file ? f->file : NULL;
	f->string_section = get32(i);
	f->string_offset = get(i);
	f->string_bytes = get32(i);
	f->padding_bytes = get32(i);
	f->string_users = get32(i);
	f->code_bytes = get32(i);
	f->index_bytes = get32(i);
	f->name_bytes = get32(i);
	f->code_section = get32(i);
	f->code_offset = get(i);
	f->line = get32(i);
	f->verdict = (uint8_t)get_up_to(i, VERDICT_COUNT - 1);
	f->level = (uint8_t)get_up_to(i, MESSAGE_LEVEL_WARN);
	f->confidence = (uint8_t)get_up_to(i, CONFIDENCE_COUNT - 1);
}

static void get_message(struct in *i, struct message_text *t)
{
	t->function = get_text(i);
	t->text = get_text(i);
	t->printer = get_text(i);
	t->string_section = get32(i);
	t->string_offset = get(i);
	t->string_bytes = get32(i);
	t->prefix_bytes = get32(i);
	t->padding_bytes = get32(i);
	t->level = (uint8_t)get_up_to(i, MESSAGE_LEVEL_WARN);
}

static void get_messages(struct in *i, struct object_messages *m)
{
	for (size_t k = 0; k < sizeof(m->content); k++)
		m->content[k] = (unsigned char)get_up_to(i, UINT8_MAX);
	m->coverage.decoded = get_up_to(i, 1);
	m->coverage.functions = get32(i);
	m->coverage.looked_at = get32(i);
	m->coverage.cut_off = get32(i);
	m->coverage.undecoded = get32(i);
	m->nfindings = get_count(i);
	m->findings = get_room(i, m->nfindings, sizeof(*m->findings));
	for (size_t k = 0; k < m->nfindings && !i->bad; k++)
		get_finding(i, &m->findings[k]);
	m->ntexts = get_count(i);
	m->texts = get_room(i, m->ntexts, sizeof(*m->texts));
	for (size_t k = 0; k < m->ntexts && !i->bad; k++)
		get_message(i, &m->texts[k]);
}

static void get_saved(struct in *i, struct saved *s)
{
	uint32_t name = 0;

	s->nexports = get_count(i);
	s->exports = get_room(i, s->nexports, sizeof(*s->exports));
	for (size_t k = 0; k < s->nexports && !i->bad; k++) {
		s->exports[k].name = get_text(i);
		get_summary(i, &s->exports[k].summary);
	}
	s->ninputs = get_count(i);
	s->inputs = get_room(i, s->ninputs, sizeof(*s->inputs));
	for (size_t k = 0; k < s->ninputs && !i->bad; k++) {
		uint64_t v = get(i);

		name += (uint32_t)(v >> 1);
		s->inputs[k].name = name;
		s->inputs[k].answer = v & 1 ? get(i) : 0;
	}
}

bool saved_read(const struct facts_job *job, const unsigned char *blob,
		size_t len, struct arena *a, struct saved *s,
		struct object_messages *ret)
{
	struct in i = { .p = blob, .end = blob ? blob + len : NULL, .a = a };

	if (!blob || get(&i) != SAVED_VERSION || get(&i) != made_with(job))
		return false;
	get_texts(&i);
	get_saved(&i, s);
	if (!i.bad)
		get_messages(&i, ret);
	return !i.bad && i.p == i.end;
}
