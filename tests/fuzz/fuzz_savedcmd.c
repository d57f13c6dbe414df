/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The readers of .cmd files, .mod files and modules.order.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "kbuild/savedcmd.h"
#include "kbuild/modfile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct seen {
	size_t n, bytes;
};

static int see_input(void *arg, const struct savedcmd_input *in)
{
	struct seen *s = arg;

	if (!in->len || in->len >= SAVEDCMD_WORD_ROOM ||
	    strlen(in->name) < in->len)
		/* A name may hold a NUL: it is then shorter as a string. */
		if (!in->len || !memchr(in->name, '\0', in->len))
			abort();
	s->n++;
	s->bytes += in->len;
	return s->n > 100000;
}

static void see_list(const char *buf, size_t size, bool order)
{
	struct mod_reader r;

	mod_start(&r, buf, size);
	while (order ? order_next(&r) : mod_next(&r)) {
		if (!r.len || r.word < buf || r.word + r.len > buf + size)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *buf = (const char *)data, *command;
	struct seen seen = { 0, 0 };
	size_t len;

	see_list(buf, size, false);
	see_list(buf, size, true);
	if (!savedcmd_find(buf, size, &command, &len))
		return 0;
	if (command < buf || len > size - (size_t)(command - buf))
		abort();
	if (savedcmd_kind(command, len) == SAVEDCMD_OTHER) {
		savedcmd_inputs(command, len, see_input, &seen);
		if (seen.n)
			abort();
	}
	savedcmd_inputs(command, len, see_input, &seen);
	(void)savedcmd_for_target(command, len);
	if (seen.bytes > len)
		abort();
	return 0;
}
