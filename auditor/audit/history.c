/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/history.h"

static int ask(const struct audit_input *in, const struct store_history *known,
	       bool is_known, struct audit_history *h, struct err *e)
{
	const struct build_info *b = &in->info;
	const struct git_history_job job = {
		.source = b->source ? b->source : b->tree,
		.linked = b->source != NULL,
		.rev = b->commit_id,
		.known = &known->known,
		.cuts = known->cuts,
		/* What a shallow clone lacked may be there now; of a commit
		 * that is known nothing else is wanted. */
		.ncuts = is_known ? known->nlacking : known->ncuts,
		.only_cuts = is_known,
	};
	int r = git_history_start(&job, &h->asked, e);

	h->running = r == 0;
	return r;
}

int audit_history_start(const struct audit_input *in, struct store *store,
			struct audit_history *ret, struct err *e)
{
	const struct build_info *b = &in->info;
	struct store_history known;
	int64_t first, last;
	bool is_known;
	int r;

	ret->running = false;
	/* Given with --commit it may be any word. */
	if (!b->commit_id || !commit_range(b->commit_id, &first, &last))
		return 0;
	r = store_history_load(store, &known, e);
	is_known = first == last &&
		   u64map_get(&known.known, (uint64_t)first) != U64MAP_NONE;
	/* Of a commit that was only named the subject is not known. */
	if (r == 0 && (!is_known || !b->commit_ns || known.nlacking))
		r = ask(in, &known, is_known, ret, e);
	store_history_release(&known);
	return r;
}

/* Of a commit given with --commit nothing else is known. */
static int tell(const struct git_history_result *found, struct build_info *b,
		struct err *e)
{
	if (!found->found || b->commit_ns)
		return 0;
	b->commit_ns = found->commit_ns;
	b->author_ns = found->author_ns;
	if (found->has_subject &&
	    !(b->subject = arena_strdup(&b->arena, found->subject)))
		return err_nomem(e);
	return 0;
}

int audit_history_finish(struct audit_history *h, struct store *store,
			 struct build_info *info, struct err *e)
{
	struct git_history_result found;
	int r;

	if (!h->running)
		return 0;
	h->running = false;
	r = git_history_take(&h->asked, &found, e);
	if (r < 0)
		return r;
	if (*found.why)
		r = remarks_add(
			&info->remarks, e,
			"the history of the commit is not known, or not all of it: %s",
			found.why);
	if (r == 0)
		r = tell(&found, info, e);
	if (r == 0)
		r = store_history_put(store, &found.graph, e);
	commit_graph_release(&found.graph);
	return r;
}

void audit_history_end(struct audit_history *h)
{
	if (h->running)
		git_history_end(&h->asked);
	h->running = false;
}
