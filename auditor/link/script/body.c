/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside an output section: input statements, data, assignments.
 */
#include "link/script/body.h"

#include "link/script/stmt.h"
#include "support/grow.h"

/* The words of sorting may be nested: SORT_BY_NAME(SORT_BY_ALIGNMENT(x)). */
struct sorting {
	enum sort_by by[2];
	size_t n;
	bool reverse;
};

static const struct {
	const char *word;
	enum sort_by by;
} sorts[] = {
	{ "SORT", SORT_NAME },
	{ "SORT_BY_NAME", SORT_NAME },
	{ "SORT_BY_ALIGNMENT", SORT_ALIGNMENT },
	{ "SORT_BY_INIT_PRIORITY", SORT_INIT_PRIORITY },
	{ "SORT_NONE", SORT_NOT },
};

static const struct {
	const char *word;
	uint32_t bytes;
} data_words[] = {
	{ "BYTE", 1 }, { "SHORT", 2 }, { "LONG", 4 },
	{ "QUAD", 8 }, { "SQUAD", 8 },
};

/* Takes "SORT_BY_NAME (" and the like where it is next. */
static bool accept_sort(struct script_text *t, struct sorting *sort)
{
	struct script_text copy = *t;
	struct token word = script_name(&copy);

	if (!script_accept(&copy, "("))
		return false;
	if (token_is(&word, "REVERSE")) {
		sort->reverse = true;
		*t = copy;
		return true;
	}
	for (size_t i = 0; i < sizeof(sorts) / sizeof(*sorts); i++) {
		if (!token_is(&word, sorts[i].word))
			continue;
		if (sort->n < 2 && sorts[i].by != SORT_NOT)
			sort->by[sort->n++] = sorts[i].by;
		*t = copy;
		return true;
	}
	return false;
}

/* EXCLUDE_FILE (patterns) */
static int accept_exclude(struct script *s, struct script_text *t,
			  struct token_list *ret, struct err *e)
{
	ret->first = (uint32_t)s->nlists;
	ret->n = 0;
	if (!script_accept(t, "EXCLUDE_FILE") || !script_accept(t, "("))
		return 0;
	while (!script_accept(t, ")")) {
		struct token x = script_name(t);

		if (!x.len || s->nlists >= UINT32_MAX)
			return 0;
		if (token_is(&x, ","))
			continue;
		if (grow_room((void **)&s->lists, s->nlists, &s->lists_cap,
			      sizeof(*s->lists)))
			return err_nomem(e);
		s->lists[s->nlists++] = x;
		ret->n++;
	}
	return 0;
}

static int add_spec(struct script *s, struct section_spec spec, struct err *e)
{
	if (s->nspecs >= UINT32_MAX - 1 ||
	    grow_room((void **)&s->specs, s->nspecs, &s->specs_cap,
		      sizeof(*s->specs)))
		return err_nomem(e);
	s->specs[s->nspecs++] = spec;
	return 0;
}

/* After the '(' of the section list, to its ')'. */
static int section_specs(struct script *s, struct script_text *t, struct err *e)
{
	struct sorting sort = { 0 };
	struct token_list exclude;
	size_t depth = 0;

	for (;;) {
		struct token x;

		while (accept_sort(t, &sort))
			depth++;
		if (accept_exclude(s, t, &exclude, e))
			return -ERR_NOMEM;
		/* EXCLUDE_FILE may also be outside of a SORT. */
		while (accept_sort(t, &sort))
			depth++;
		x = script_peek_name(t);
		if (!x.len || token_is(&x, "(") || token_is(&x, "{") ||
		    token_is(&x, "}") || token_is(&x, ";"))
			return 1;
		script_name(t);
		if (token_is(&x, ")")) {
			if (!depth)
				return 0;
			if (!--depth)
				sort = (struct sorting){ 0 };
			continue;
		}
		if (token_is(&x, ","))
			continue;
		if (add_spec(s,
			     (struct section_spec){
				     .pattern = x,
				     .sort = sort.by[0],
				     .then = sort.by[1],
				     .reverse = sort.reverse,
				     .exclude = exclude,
				     .stmt = (uint32_t)s->nstmts - 1,
				     .next = UINT32_MAX },
			     e))
			return err_nomem(e);
	}
}

/* [INPUT_SECTION_FLAGS(x)] [EXCLUDE_FILE(x)] file [(sections)] */
static int input_statement(struct script *s, struct script_text *t, bool keep,
			   struct err *e)
{
	struct script_stmt *x = script_add(s, STMT_INPUT);
	struct sorting sort = { 0 };
	struct token_list exclude;
	int r;

	if (!x)
		return err_nomem(e);
	x->keep = keep;
	if (script_accept(t, "INPUT_SECTION_FLAGS"))
		script_skip_group(t);
	if (accept_exclude(s, t, &exclude, e))
		return -ERR_NOMEM;
	x->sort_files = accept_sort(t, &sort);
	x->file = script_name(t);
	x->exclude = exclude;
	x->first_spec = (uint32_t)s->nspecs;
	if (x->sort_files && !script_accept(t, ")"))
		return 1;
	if (script_accept(t, "(")) {
		r = section_specs(s, t, e);
	} else {
		struct token all = { "*", 1 };

		r = add_spec(s,
			     (struct section_spec){
				     .pattern = all,
				     .exclude = { 0, 0 },
				     .stmt = (uint32_t)s->nstmts - 1,
				     .next = UINT32_MAX },
			     e);
	}
	x->nspecs = (uint32_t)s->nspecs - x->first_spec;
	return r;
}

/* BYTE(x) and the words without a size. */
static int data_statement(struct script *s, struct script_text *t,
			  struct token word, struct err *e)
{
	static const char *const ignored[] = {
		"CONSTRUCTORS", "CREATE_OBJECT_SYMBOLS", "FILL",
		"INCLUDE",	"LINKER_VERSION",
	};

	for (size_t i = 0; i < sizeof(data_words) / sizeof(*data_words); i++) {
		struct script_stmt *x;

		if (!token_is(&word, data_words[i].word))
			continue;
		script_skip_group(t);
		x = script_add(s, STMT_DATA);
		if (x)
			x->bytes = data_words[i].bytes;
		return x ? 0 : err_nomem(e);
	}
	for (size_t i = 0; i < sizeof(ignored) / sizeof(*ignored); i++) {
		if (!token_is(&word, ignored[i]))
			continue;
		if (token_is(&word, "INCLUDE"))
			script_odd(s, script_name(t));
		script_skip_group(t);
		return 0;
	}
	return 1;
}

static int body_statement(struct script *s, struct script_text *t,
			  struct err *e)
{
	struct script_text start = *t;
	struct token word = script_name(t);
	bool keep;
	int r;

	if (token_is(&word, ";"))
		return 0;
	r = script_common(s, t, word, e);
	if (r > 0)
		r = data_statement(s, t, word, e);
	if (r > 0)
		r = script_assignment(s, t, word, false, e);
	if (r <= 0)
		return r;
	keep = token_is(&word, "KEEP") && script_accept(t, "(");
	if (!keep)
		*t = start;
	/* SORT(CONSTRUCTORS) has no sections of its own. */
	r = input_statement(s, t, keep, e);
	if (keep && !script_accept(t, ")"))
		r = r ? r : 1;
	if (r > 0) {
		script_odd(s, word);
		r = 0;
	}
	return r;
}

int script_body(struct script *s, struct script_text *t, struct err *e)
{
	if (!script_accept(t, "{"))
		return 1;
	while (!script_accept(t, "}")) {
		struct script_text before = *t;
		int r;

		if (!script_peek_name(t).len) {
			script_odd(s, (struct token){ "{", 1 });
			return 0;
		}
		r = body_statement(s, t, e);
		if (r)
			return r;
		/* Whatever happens, the reading goes on. */
		if (t->p == before.p)
			script_name(t);
	}
	return 0;
}
