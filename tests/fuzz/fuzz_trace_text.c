/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The text parser and the pairing after it, fed in chunks of a size that
 * the first byte chooses.  Whatever comes in, the sums must close.
 */
#include <stddef.h>

#include "pair_check.h"
#include "trace/text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pair_check c;
	struct text_parser text;
	size_t step;

	if (size < 2)
		return 0;
	step = data[0] ? data[0] : size;
	if (pair_check_init(&c))
		return 0;
	text_parser_init(&text, &c.names, &c.counts,
			 (struct event_sink){ &c, pair_check_event });
	for (size_t at = 1; at < size; at += step) {
		size_t n = size - at < step ? size - at : step;

		if (text_parser_feed(&text, (const char *)data + at, n))
			abort();
	}
	if (text_parser_end(&text) || pair_finish(&c.pair))
		abort();
	pair_check_sums(&c);
	text_parser_release(&text);
	pair_check_release(&c);
	return 0;
}
