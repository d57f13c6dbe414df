/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/bar.h"

#include <langinfo.h>
#include <math.h>
#include <string.h>

bool bar_blocks(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* U+2588 is a full block, U+2589 to U+258F have seven eighths to one. */
static void add_block(struct buffer *b, unsigned int eighths)
{
	const char utf8[] = { '\xe2', '\x96', (char)(0x88 + 8 - eighths) };

	buffer_add(b, utf8, sizeof(utf8));
}

void bar_add(struct buffer *b, double part, size_t width, bool blocks, bool pad)
{
	const unsigned int steps = blocks ? 8 : 1;
	double most = (double)width * steps;
	size_t length, used;

	if (!(part > 0))
		part = 0;
	length = (size_t)lround(fmin(part, 1) * most);
	if (part > 0 && !length)
		length = 1;
	for (size_t i = 0; i < length / steps; i++) {
		if (blocks)
			add_block(b, 8);
		else
			buffer_char(b, '#');
	}
	if (length % steps)
		add_block(b, (unsigned int)(length % steps));
	used = (length + steps - 1) / steps;
	for (; pad && used < width; used++)
		buffer_char(b, ' ');
}
