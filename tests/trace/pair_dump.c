/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What trace/ makes of a log, as tab-separated text, to be compared with
 * what dict.py makes of it.
 *
 *	pair_dump LOG            a row a site and kind, then the counters
 *	pair_dump --allocs LOG   a row an allocation
 *	pair_dump --time LOG     timeline, peak, seconds and memory
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "trace/trace_reader.h"

static const char *const kinds[] = { "malloc", "cache", "page", "percpu" };
static const char *const ends[] = { "freed", "implicit", "live", "unknown" };

struct dump {
	struct trace_reader *reader;
	bool allocs;
	uint64_t count;
};

/* Text and trace.dat print a site alike up to its size. */
static void print_site(const struct trace_names *n, uint32_t id)
{
	struct trace_site s = trace_names_site(n, id);
	const char *slash;

	if (s.text) {
		slash = memchr(s.text, '/', s.len);
		printf("%.*s", (int)(slash ? slash - s.text : (long)s.len),
		       s.text);
	} else if (s.addr) {
		printf("%" PRIx64, s.addr);
	} else {
		putchar('-');
	}
}

static int on_allocation(void *ctx, const struct allocation *a, struct err *e)
{
	struct dump *d = ctx;
	const struct trace_names *n = trace_reader_result(d->reader)->names;

	(void)e;
	d->count++;
	if (!d->allocs)
		return 0;
	printf("%" PRIu64 "\t%" PRIu64 "\t%s\t%s\t%" PRIx64 "\t%" PRIu64
	       "\t%" PRIu64 "\t",
	       a->alloc_ns, a->free_ns, kinds[a->kind], ends[a->end], a->ptr,
	       a->bytes_req, a->bytes_alloc);
	print_site(n, a->site);
	putchar('\t');
	print_site(n, a->free_site);
	printf("\t%s\t%s\t%s%s\t%d\t%d\t%d\t%u\n",
	       intern_get(&n->gfps, a->gfp).text,
	       intern_get(&n->comms, a->comm).text,
	       intern_get(&n->caches, a->cache).text,
	       a->flags & ALLOC_CACHE_INFERRED ? "?" : "", a->pid, a->cpu,
	       a->node, a->stack);
	return 0;
}

static void print_rows(const struct trace_result *t)
{
	for (size_t i = 0; i < t->nrollups; i++) {
		const struct rollup *r = &t->rollups[i];
		const uint64_t v[] = {
			r->allocs,
			r->frees,
			r->implicit,
			r->live,
			r->unknown,
			r->failed,
			r->total_bytes,
			r->total_req,
			r->live_bytes,
			r->waste_bytes,
			r->total_waste_bytes,
			r->null_free,
			r->unmatched_free,
		};
		uint64_t any = 0;

		for (size_t k = 0; k < sizeof(v) / sizeof(v[0]); k++)
			any |= v[k];
		if (!any)
			continue;
		print_site(t->names, r->site);
		printf("\t%s", kinds[r->kind]);
		for (size_t k = 0; k < sizeof(v) / sizeof(v[0]); k++)
			printf("\t%" PRIu64, v[k]);
		putchar('\n');
	}
}

static void print_counts(const struct trace_result *t)
{
	const struct trace_counts *c = &t->counts;

	fprintf(stderr,
		"lines %" PRIu64 " noise %" PRIu64 " unreadable %" PRIu64
		" joined %" PRIu64 " others %" PRIu64 " lost %" PRIu64
		"+%" PRIu64 "? overwritten %" PRIu64 "\n",
		c->lines, c->noise, c->unreadable, c->joined, c->others,
		c->lost, c->lost_unknown, c->overwritten);
	fprintf(stderr,
		"null_free %" PRIu64 " unmatched_free %" PRIu64
		" hidden %" PRIu64 "/%" PRIu64 " doubled %" PRIu64
		" late_free %" PRIu64 " stacks %" PRIu64
		" hashed %d/%d bits %d ticks %d no_time %d %s\n",
		c->null_free, c->unmatched_free, c->hidden_alloc,
		c->hidden_free, c->doubled, c->late_free, c->stacks, c->hashed,
		c->hashed_null, c->pointer_bits, c->ticks, c->no_time,
		c->remark);
	for (int i = 0; i < EVENT_NAME_COUNT; i++)
		fprintf(stderr, "%s%" PRIu64, i ? " " : "events ",
			c->events[i]);
	fputc('\n', stderr);
}

static void print_time(const struct trace_result *t, clock_t begin)
{
	struct rusage u, kids;

	for (size_t i = 0; i < t->ntimeline; i++) {
		const struct timeline_point *p = &t->timeline[i];

		printf("%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\n",
		       p->start_ns, p->live[KIND_MALLOC], p->live[KIND_CACHE],
		       p->top_bytes);
	}
	getrusage(RUSAGE_SELF, &u);
	getrusage(RUSAGE_CHILDREN, &kids);
	fprintf(stderr,
		"peak %" PRIu64 " at %" PRIu64
		"\ncpu %.3f s, %ld KB, child %ld KB\n",
		t->peak_bytes, t->peak_ns,
		(double)(clock() - begin) / CLOCKS_PER_SEC, u.ru_maxrss,
		kids.ru_maxrss);
}

int main(int argc, char **argv)
{
	const char *mode = argc > 2 ? argv[1] : "";
	struct trace_options options = { .format = TRACE_AUTO };
	struct dump d = { .allocs = strcmp(mode, "--allocs") == 0 };
	clock_t begin = clock();
	struct err e;
	int failed;

	options.want_kallsyms = strcmp(mode, "--kallsyms") == 0;
	if (argc < 2)
		return 2;
	if (trace_reader_open(argv[argc - 1], &options, &d.reader, &e)) {
		fprintf(stderr, "pair_dump: %s\n", e.text);
		return 3;
	}
	failed = trace_reader_run(d.reader,
				  (struct trace_sink){ &d, on_allocation }, &e);
	if (failed)
		fprintf(stderr, "pair_dump: %s\n", e.text);
	else if (strcmp(mode, "--time") == 0)
		print_time(trace_reader_result(d.reader), begin);
	else if (options.want_kallsyms)
		fwrite(trace_reader_result(d.reader)->kallsyms, 1,
		       trace_reader_result(d.reader)->kallsyms_len, stdout);
	else if (!d.allocs)
		print_rows(trace_reader_result(d.reader));
	print_counts(trace_reader_result(d.reader));
	trace_reader_free(d.reader);
	return failed ? 3 : 0;
}
