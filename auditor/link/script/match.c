/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which statement of the script gets which input section.  A link has a
 * hundred thousand sections and ten thousand names: patterns are matched
 * with names, once each, and only what also depends on the file is looked
 * at again for each section.
 */
#include "link/script/match.h"

#include <stdlib.h>
#include <string.h>

#include "link/script/drop.h"
#include "link/script/glob.h"
#include "support/grow.h"

/* Characters of patterns and names that are compared.  Real links take some
 * ten million; a script that wants many times that means harm. */
#define BUDGET ((size_t)1 << 28)

struct matcher {
	struct script *script;
	struct link_work *w;
	uint32_t *exact; /* name id -> first spec of that very name */
	uint32_t *wild;	 /* specs with wildcards */
	size_t nwild;
	uint32_t *list; /* the specs that match each name, */
	size_t nlist, list_cap;
	size_t *list_first; /* name id -> into list; one more at the end */
	bool *discards;	    /* stmt -> is it in a /DISCARD/? */
	size_t budget; /* what is left of it; 0: sections are left unmatched */
};

static void spend(struct matcher *m, size_t work)
{
	m->budget -= work < m->budget ? work : m->budget;
}

static bool glob_token(struct matcher *m, struct token pattern,
		       const char *text)
{
	size_t len = strlen(text);

	spend(m, pattern.len);
	if (!glob_is_wild(pattern.text, pattern.len))
		return pattern.len == len &&
		       memcmp(pattern.text, text, len) == 0;
	return glob_match(pattern.text, pattern.len, text, len, &m->budget);
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* "archive:file": either may be empty, an empty archive means none. */
static bool file_matches(struct matcher *m, struct token pattern,
			 uint32_t input)
{
	const struct link_input *in = &m->w->job->inputs[input];
	const char *colon = memchr(pattern.text, ':', pattern.len);
	struct token archive, file;

	if (token_is(&pattern, "*"))
		return true;
	if (!colon)
		return glob_token(m, pattern, in->path);
	archive = (struct token){ pattern.text,
				  (size_t)(colon - pattern.text) };
	file = (struct token){ colon + 1, pattern.len - archive.len - 1 };
	if (!archive.len != !in->archive)
		return false;
	if (archive.len && !glob_token(m, archive, in->archive))
		return false;
	return !file.len || glob_token(m, file, in->path) ||
	       (in->archive && glob_token(m, file, base_name(in->path)));
}

static bool excluded(struct matcher *m, struct token_list list, uint32_t input)
{
	const struct link_input *in = &m->w->job->inputs[input];

	for (uint32_t i = list.first; i < list.first + list.n; i++) {
		struct token pattern = m->script->lists[i];

		if (file_matches(m, pattern, input))
			return true;
		/* An archive's name alone excludes its members. */
		if (in->archive && glob_token(m, pattern, in->archive))
			return true;
	}
	return false;
}

/* Neither the file nor anything else but the name decides. */
static bool unconditional(const struct matcher *m, uint32_t spec)
{
	const struct section_spec *x = &m->script->specs[spec];
	const struct script_stmt *s = &m->script->stmts[x->stmt];

	return token_is(&s->file, "*") && !s->exclude.n && !x->exclude.n;
}

static int split_specs(struct matcher *m, struct err *e)
{
	struct script *s = m->script;

	m->exact = arena_calloc(&m->w->scratch, m->w->names.count + 1,
				sizeof(*m->exact));
	m->wild = arena_calloc(&m->w->scratch, s->nspecs + 1, sizeof(*m->wild));
	m->list_first = arena_calloc(&m->w->scratch, m->w->names.count + 1,
				     sizeof(*m->list_first));
	if (!m->exact || !m->wild || !m->list_first)
		return err_nomem(e);
	memset(m->exact, 0xff, m->w->names.count * sizeof(*m->exact));
	/* Backwards, so that each chain is in the script's order. */
	for (size_t i = s->nspecs; i-- > 0;) {
		struct token p = s->specs[i].pattern;
		uint32_t id;

		if (glob_is_wild(p.text, p.len)) {
			m->wild[m->nwild++] = (uint32_t)i;
			continue;
		}
		id = intern_find(&m->w->names, p.text, p.len);
		if (id == INTERN_NONE)
			continue;
		s->specs[i].next = m->exact[id];
		m->exact[id] = (uint32_t)i;
	}
	for (size_t i = 0; i < m->nwild / 2; i++) {
		uint32_t t = m->wild[i];

		m->wild[i] = m->wild[m->nwild - 1 - i];
		m->wild[m->nwild - 1 - i] = t;
	}
	return 0;
}

static int push(struct matcher *m, uint32_t spec, struct err *e)
{
	if (grow_room((void **)&m->list, m->nlist, &m->list_cap,
		      sizeof(*m->list)))
		return err_nomem(e);
	m->list[m->nlist++] = spec;
	return 0;
}

/* The specs that match one name, in the script's order, up to the first
 * that takes every file. */
static int list_name(struct matcher *m, uint32_t id, struct err *e)
{
	const struct intern_text *name = &m->w->names.list[id];
	uint32_t exact = m->exact[id];
	size_t k = 0;

	for (;;) {
		uint32_t spec = UINT32_MAX;

		for (; k < m->nwild; k++) {
			struct token p;

			if (m->wild[k] > exact || !m->budget)
				break;
			spend(m, 1);
			p = m->script->specs[m->wild[k]].pattern;
			/* Most differ early: do not call for those. */
			if (p.text[0] != '*' && p.len > 1 &&
			    (p.text[0] != name->text[0] ||
			     (p.text[1] != name->text[1] &&
			      !strchr("*?[\\", p.text[1]))) &&
			    !strchr("?[\\", p.text[0]))
				continue;
			if (glob_match(p.text, p.len, name->text, name->len,
				       &m->budget)) {
				spec = m->wild[k++];
				break;
			}
		}
		if (spec == UINT32_MAX) {
			spec = exact;
			if (spec == UINT32_MAX)
				return 0;
			exact = m->script->specs[spec].next;
		}
		spend(m, 1);
		if (push(m, spec, e))
			return -ERR_NOMEM;
		if (unconditional(m, spec))
			return 0;
	}
}

static int list_names(struct matcher *m, struct err *e)
{
	size_t n = m->w->names.count;

	for (uint32_t id = 0; id < n; id++) {
		m->list_first[id] = m->nlist;
		if (list_name(m, id, e))
			return -ERR_NOMEM;
	}
	m->list_first[n] = m->nlist;
	return 0;
}

/* Tells each statement the section of the image it is in. */
static int resolve_outputs(struct matcher *m, struct err *e)
{
	uint32_t output = PLACED_NOWHERE;
	bool discard = false;

	m->discards = arena_calloc(&m->w->scratch, m->script->nstmts + 1,
				   sizeof(*m->discards));
	if (!m->discards)
		return err_nomem(e);
	for (size_t i = 0; i < m->script->nstmts; i++) {
		struct script_stmt *s = &m->script->stmts[i];

		if (s->kind == STMT_OUTPUT) {
			discard = s->discard;
			output = link_output(m->w, s->name.text, s->name.len);
		} else if (s->kind == STMT_END) {
			discard = false;
			output = PLACED_NOWHERE;
		}
		s->output = output;
		s->secs = (struct sec_list){ NO_SEC, NO_SEC, 0 };
		m->discards[i] = discard;
	}
	return 0;
}

/* The spec that takes the section, or UINT32_MAX. */
static uint32_t find_spec(struct matcher *m, const struct in_section *x)
{
	size_t end = m->list_first[x->name + 1];

	for (size_t i = m->list_first[x->name]; i < end; i++) {
		const struct section_spec *spec = &m->script->specs[m->list[i]];
		const struct script_stmt *s = &m->script->stmts[spec->stmt];

		if (unconditional(m, m->list[i]))
			return m->list[i];
		spend(m, (size_t)1 + s->exclude.n + spec->exclude.n);
		if (!m->budget)
			break;
		if (file_matches(m, s->file, x->input) &&
		    !excluded(m, s->exclude, x->input) &&
		    !excluded(m, spec->exclude, x->input))
			return m->list[i];
	}
	return UINT32_MAX;
}

static void give(struct matcher *m, uint32_t n, uint32_t spec)
{
	struct in_section *x = &m->w->secs[n];
	uint32_t stmt = m->script->specs[spec].stmt;
	struct script_stmt *s = &m->script->stmts[stmt];

	if (m->discards[stmt]) {
		x->state = SEC_DISCARDED;
		return;
	}
	x->keep = s->keep;
	x->spec = spec;
	/* A member of an archive that nobody needed; or --gc-sections. */
	if (x->has_globals && !x->has_symbol_addr && m->w->symbols.count) {
		x->state = SEC_DISCARDED;
		x->dropped = true;
		m->w->ndropped += !m->w->job->gc_sections;
		return;
	}
	x->output = s->output;
	x->state = SEC_PLACED;
	x->next = NO_SEC;
	if (s->secs.n++)
		m->w->secs[s->secs.tail].next = n;
	else
		s->secs.head = n;
	s->secs.tail = n;
}

static void match_all(struct matcher *m, const uint32_t *order)
{
	for (size_t i = 0; i < m->w->nsecs; i++) {
		struct in_section *x = &m->w->secs[order[i]];
		uint32_t spec;

		if (x->state != SEC_UNSEEN)
			continue;
		spec = find_spec(m, x);
		if (spec != UINT32_MAX)
			give(m, order[i], spec);
	}
}

int script_match(struct script *s, struct link_work *w, const uint32_t *order,
		 bool lld, struct err *e)
{
	struct matcher m = { .script = s, .w = w, .budget = BUDGET };
	int r = split_specs(&m, e);

	if (!r)
		r = list_names(&m, e);
	if (!r)
		r = resolve_outputs(&m, e);
	if (!r) {
		match_all(&m, order);
		r = script_drop(s, w, lld, e);
	}
	if (!r && !m.budget)
		r = link_remark(
			w, e,
			"the linker script has too many patterns: sections were left unmatched");
	free(m.list);
	return r;
}
