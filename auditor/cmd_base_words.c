/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_base_words.h"

#include <string.h>

#define SOURCE_MAX 4096

static int ask_git(struct base_words *b, struct base_choice *c,
		   struct base_word *w, struct err *e)
{
	const char *given = b->source;
	char recorded[SOURCE_MAX] = "";
	struct git_history_job ask = { .rev = w->text };
	struct git_history_result found;
	struct u64map known = U64MAP_INIT;
	int r = 0;

	if (!given)
		r = base_choice_source(c, &b->of.subject, recorded,
				       sizeof(recorded), e);
	ask.source = given ? given : recorded;
	if (r == 0 && dag_known(&c->read.lineage.dag, &known))
		r = err_nomem(e);
	ask.known = &known;
	if (r == 0)
		r = git_history_ask(&ask, &found, e);
	u64map_release(&known);
	if (r < 0)
		return r;
	memcpy(w->commit, found.commit_id, sizeof(w->commit));
	r = commit_graph_join(&b->more, &found.graph) ? err_nomem(e) : 0;
	commit_graph_release(&found.graph);
	return r;
}

int base_word_find(struct base_words *b, struct base_choice *c,
		   struct base_word *w, struct err *e)
{
	struct err why, ignored;
	int r = base_choice_find(c, w->text, w->any, &w->subject, e);

	if (r)
		return r < 0 ? r : 0;
	why = *e;
	if (ask_git(b, c, w, &ignored) < 0 || !*w->commit) {
		*e = why;
		return -ERR_USAGE;
	}
	return 0;
}

int base_word_find_again(struct base_choice *c, struct base_word *w,
			 struct err *e)
{
	const char *text = w->text;
	int r;

	if (!*w->commit)
		return base_choice_find(c, text, w->any, &w->subject, e);
	r = base_choice_find(c, w->commit, w->any, &w->subject, e);
	w->subject.word = text;
	return r;
}
