/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The budget file, which comes with a change from anybody.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "check/budgets.h"
#include "support/sizes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was read is within the bounds that are promised. */
static void look(const struct budgets *b, size_t lines)
{
	if (b->nbudgets + b->nchecks > BUDGETS_MAX || b->quiet < 0 ||
	    b->quiet > SIZE_LARGEST || b->saving < 0 || b->slack < 0)
		abort();
	for (size_t i = 0; i < b->nbudgets; i++) {
		const struct budget *o = &b->budgets[i];

		if (o->amount < 0 || o->amount > SIZE_LARGEST || !o->line ||
		    o->line > lines || o->metric >= METRIC_COUNT ||
		    strlen(o->name) > BUDGETS_NAME_MAX || !*o->words)
			abort();
	}
	if (remarks_count(&b->complaints) > lines)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	struct budgets b;
	size_t lines = 1;
	struct err e;

	if (!text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	for (const char *p = text; *p; p++)
		lines += *p == '\n';
	if (budgets_parse(text, &b, &e) == 0)
		look(&b, lines);
	budgets_release(&b);
	free(text);
	return 0;
}
