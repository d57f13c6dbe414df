/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the process that asks libdw may answer, if debug information has
 * taken it over: any bytes.
 */
#include "symbols/lines_batch.c"
#include "symbols/lines_batch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define QUERIES 16

static void check(const struct line_answer *a)
{
	if (a->nframes > LINE_FRAMES_MAX)
		abort();
	for (size_t i = 0; i < a->nframes; i++) {
		const struct line_frame *f = &a->frames[i];

		if ((f->function && strlen(f->function) > TEXT_MAX) ||
		    (f->file && strlen(f->file) > TEXT_MAX))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct line_answer answers[QUERIES] = { { 0 } };
	struct arena arena = ARENA_INIT;
	struct reply r = { .len = size, .capacity = size };
	bool debug = false;
	struct err e;

	/* Of its exact size. */
	r.data = malloc(size + !size);
	if (!r.data)
		return 0;
	memcpy(r.data, data, size);
	if (!read_answers(&r, 0, "fuzz", QUERIES, &arena, answers, &debug, &e))
		for (size_t i = 0; i < QUERIES; i++)
			check(&answers[i]);
	free(r.data);
	arena_release(&arena);
	return 0;
}
