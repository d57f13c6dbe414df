/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/read_file.h"

#include "support/input.h"
#include "support/input_copy.h"

int import_read_file(const char *path, size_t max, struct capture_part *ret,
		     struct err *e)
{
	struct input in;
	int r = input_open(&in, path, e);

	if (r)
		return r;
	r = input_read_all(&in, max, &ret->p, &ret->len, e);
	input_close(&in);
	return r;
}
