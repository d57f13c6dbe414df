/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The text parser and the pairing behind it, fed in chunks of a size that
 * the first byte chooses.  Whatever comes in, the sums must close.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "trace/pair.h"
#include "trace/text.h"

struct tally {
	uint64_t ended[4]; /* by enum alloc_end */
};

static int on_allocation(void *ctx, const struct allocation *a)
{
	struct tally *t = ctx;

	if (a->end > ALLOC_UNKNOWN || a->bytes_alloc < a->bytes_req)
		abort();
	t->ended[a->end]++;
	return 0;
}

static int on_event(void *ctx, const struct event *ev)
{
	return pair_event(ctx, ev);
}

static void check(const struct pair *p, const struct tally *t)
{
	uint64_t sums[4] = { 0 }, peak = 0, unmatched = 0, null = 0;

	for (size_t i = 0; i < p->rollups.count; i++) {
		const struct rollup *r = &p->rollups.rows[i];

		if (r->allocs !=
			    r->frees + r->implicit + r->live + r->unknown ||
		    r->live_bytes - r->live_req != r->waste_bytes)
			abort();
		sums[ALLOC_FREED] += r->frees;
		sums[ALLOC_IMPLICIT] += r->implicit;
		sums[ALLOC_LIVE] += r->live;
		sums[ALLOC_UNKNOWN] += r->unknown;
		unmatched += r->unmatched_free;
		null += r->null_free;
		if (r->kind == KIND_MALLOC || r->kind == KIND_CACHE)
			peak += r->peak_bytes;
	}
	for (int i = 0; i < 4; i++) {
		if (sums[i] != t->ended[i])
			abort();
	}
	/* What was moved from one site to another after the peak still adds
	 * up to it. */
	if (peak != p->rollups.peak_bytes ||
	    unmatched != p->counts->unmatched_free ||
	    null != p->counts->null_free)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct trace_names names = { .pointer_bits = 0 };
	struct trace_counts counts = { .lines = 0 };
	struct tally tally = { { 0 } };
	struct text_parser text;
	struct pair pair;
	size_t step;

	if (size < 2)
		return 0;
	step = data[0] ? data[0] : size;
	if (pair_init(&pair, &names, &counts, 4096,
		      (struct pair_sink){ &tally, on_allocation }))
		return 0;
	text_parser_init(&text, &names, &counts,
			 (struct event_sink){ &pair, on_event });
	for (size_t at = 1; at < size; at += step) {
		size_t n = size - at < step ? size - at : step;

		if (text_parser_feed(&text, (const char *)data + at, n))
			abort();
	}
	if (text_parser_end(&text) || pair_finish(&pair))
		abort();
	check(&pair, &tally);
	for (uint32_t i = 0; i < names.sites.count; i++)
		trace_names_site(&names, i);
	text_parser_release(&text);
	pair_release(&pair);
	trace_names_release(&names);
	return 0;
}
