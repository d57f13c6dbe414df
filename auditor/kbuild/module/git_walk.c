/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/module/git_walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kbuild/git_wire.h"
#include "kbuild/module/git_place.h"
#include "model/commit_graph.h"
#include "support/grow.h"
#include "support/progress.h"

/* From one release to the next there are 15,000. */
#define COMMITS_MAX 50000
/* Where nothing that is known can be met any more: for what may be built of
 * the recent past. */
#define DEEPER_MAX 5000
/* Of those that are left over when it ends. */
#define LEFT_MAX 1024
#define WALK_NS INT64_C(1500000000)

enum origin {
	OWN,	  /* an ancestor of the commit that is asked about */
	CUT,	  /* where an earlier walk has ended */
	FROM_CUT, /* an ancestor of that */
};

struct pending {
	git_commit *commit;
	git_time_t time;
	enum origin origin;
};

struct walk {
	const struct git_history_job *job;
	struct git_place place;
	struct u64map seen;
	/* A heap, the newest first: what is cut off is what is oldest. */
	struct pending *heap;
	size_t n, room;
	size_t of[FROM_CUT + 1]; /* so many in the heap are of each origin */
	size_t written, deeper;
	int64_t until_ns;
	FILE *out;
	git_oid parents[GIT_WALK_PARENTS_MAX + 1]; /* of one commit */
};

static int64_t number_of(const git_oid *id)
{
	uint64_t bits = 0;

	for (int i = 0; i < 8; i++)
		bits = bits << 8 | id->id[i];
	return (int64_t)bits;
}

static void put(struct walk *w, int64_t word)
{
	fwrite(&word, sizeof(word), 1, w->out);
}

static bool newer(const struct walk *w, size_t a, size_t b)
{
	return w->heap[a].time > w->heap[b].time;
}

static void swap(struct walk *w, size_t a, size_t b)
{
	struct pending p = w->heap[a];

	w->heap[a] = w->heap[b];
	w->heap[b] = p;
}

static int push(struct walk *w, git_commit *c, enum origin origin)
{
	size_t at = w->n;

	if (grow_room((void **)&w->heap, w->n, &w->room, sizeof(*w->heap)))
		return -1;
	w->heap[w->n++] = (struct pending){ c, git_commit_time(c), origin };
	w->of[origin]++;
	for (; at && newer(w, at, (at - 1) / 2); at = (at - 1) / 2)
		swap(w, at, (at - 1) / 2);
	return 0;
}

static struct pending pop(struct walk *w)
{
	struct pending top = w->heap[0];
	size_t at = 0;

	w->of[top.origin]--;
	w->heap[0] = w->heap[--w->n];
	for (;;) {
		size_t child = 2 * at + 1;

		if (child + 1 < w->n && newer(w, child + 1, child))
			child++;
		if (child >= w->n || !newer(w, child, at))
			return top;
		swap(w, at, child);
		at = child;
	}
}

/* 1: not met before, and not known to who asks. */
static int is_new(struct walk *w, int64_t number)
{
	if (u64map_get(w->job->known, (uint64_t)number) != U64MAP_NONE ||
	    u64map_get(&w->seen, (uint64_t)number) != U64MAP_NONE)
		return 0;
	return u64map_put(&w->seen, (uint64_t)number, 0) ? -1 : 1;
}

static int add(struct walk *w, const git_oid *id, enum origin origin)
{
	int64_t number = number_of(id);
	git_commit *c = NULL;
	int r = is_new(w, number);

	if (r <= 0)
		return r;
	if (git_commit_lookup(&c, w->place.repo, id) == 0)
		return push(w, c, origin);
	put(w, number);
	put(w, GIT_WALK_LACKING);
	return 0;
}

/* Where an earlier walk has ended; what it did not find may be there now. */
static int add_cut(struct walk *w, int64_t number)
{
	char hex[COMMIT_DIGITS + 1];
	git_commit *c = NULL;
	git_oid id;

	snprintf(hex, sizeof(hex), "%016llx", (unsigned long long)number);
	if (git_oid_fromstrn(&id, hex, COMMIT_DIGITS) != 0 ||
	    git_commit_lookup_prefix(&c, w->place.repo, &id, COMMIT_DIGITS) !=
		    0)
		return 0;
	if (is_new(w, number) == 1)
		return push(w, c, w->job->only_cuts ? OWN : CUT);
	git_commit_free(c);
	return 0;
}

/* The parents that the commit itself names: of a shallow clone's oldest
 * commits newer versions of libgit2 tell of none, like git. */
static size_t read_parents(const git_commit *c, git_oid *ret)
{
	static const char key[] = "parent ";
	const char *line = git_commit_raw_header(c);
	size_t n = 0;

	for (; line && *line && n <= GIT_WALK_PARENTS_MAX;
	     line = strchr(line, '\n'), line += line != NULL) {
		if (strncmp(line, key, strlen(key)) == 0 &&
		    git_oid_fromstrn(&ret[n], line + strlen(key),
				     GIT_OID_HEXSZ) == 0)
			n++;
		else if (n)
			break;
	}
	return n;
}

static int visit(struct walk *w, const struct pending *p)
{
	enum origin origin = p->origin == OWN ? OWN : FROM_CUT;
	const git_commit *c = p->commit;
	git_oid *parents = w->parents;
	size_t n = read_parents(c, parents);

	if (n > GIT_WALK_PARENTS_MAX)
		return 0;
	put(w, number_of(git_commit_id(c)));
	put(w, (int64_t)n);
	for (size_t i = 0; i < n; i++)
		put(w, number_of(&parents[i]));
	for (size_t i = 0; i < n; i++)
		if (add(w, &parents[i], origin) < 0)
			return -1;
	w->written++;
	return 0;
}

/* The commit's own ancestors decide.  Those of earlier walks are followed as
 * long as they are newer, to where both could meet. */
static bool goes_on(struct walk *w)
{
	if (!w->of[OWN] || w->written >= COMMITS_MAX ||
	    clock_monotonic_ns() >= w->until_ns)
		return false;
	if (w->of[CUT] || (w->job->known->count && !w->job->ncuts))
		return true;
	return w->deeper++ < DEEPER_MAX;
}

static void put_left(struct walk *w)
{
	for (size_t i = 0; i < w->n && i < LEFT_MAX; i++) {
		put(w, number_of(git_commit_id(w->heap[i].commit)));
		put(w, GIT_WALK_LEFT);
	}
}

static int walk(struct walk *w, const git_commit *tip)
{
	int r = add(w, git_commit_id(tip), OWN);

	for (size_t i = 0; i < w->job->ncuts && r == 0; i++)
		r = add_cut(w, w->job->cuts[i]);
	while (r == 0 && goes_on(w)) {
		struct pending p = pop(w);

		r = visit(w, &p);
		git_commit_free(p.commit);
	}
	put_left(w);
	return r;
}

static git_commit *find_tip(struct walk *w)
{
	git_object *found = NULL;
	char spec[300];

	if (!w->job->rev)
		return w->place.head;
	if ((size_t)snprintf(spec, sizeof(spec), "%s^{commit}", w->job->rev) >=
		    sizeof(spec) ||
	    git_revparse_single(&found, w->place.repo, spec) != 0)
		return NULL;
	return (git_commit *)found;
}

static void describe(struct git_walk_head *head, git_commit *tip)
{
	const char *summary = git_commit_summary(tip);
	const git_signature *author = git_commit_author(tip);

	git_oid_tostr(head->commit_id, sizeof(head->commit_id),
		      git_commit_id(tip));
	head->commit_s = git_commit_time(tip);
	head->author_s = author ? author->when.time : 0;
	head->has_subject = summary != NULL;
	snprintf(head->subject, sizeof(head->subject), "%s",
		 summary ? summary : "");
}

int git_walk(const struct git_history_job *job, int out)
{
	struct walk w = { .job = job, .seen = U64MAP_INIT };
	struct git_walk_head head = { 0 };
	git_commit *tip = NULL;

	w.until_ns = clock_monotonic_ns() + WALK_NS;
	w.out = fdopen(out, "w");
	if (!w.out)
		return 1;
	head.answer = (int32_t)git_place_open(&w.place, job->source,
					      job->linked);
	if (head.answer == GIT_COMMIT) {
		tip = find_tip(&w);
		head.answer = tip ? GIT_COMMIT : GIT_NO_REPOSITORY;
	}
	if (tip)
		describe(&head, tip);
	snprintf(head.why, sizeof(head.why), "%s", w.place.why);
	fwrite(&head, sizeof(head), 1, w.out);
	/* The process ends, and all that it holds with it. */
	if (tip && walk(&w, tip) < 0)
		return 1;
	return fflush(w.out) != 0;
}
