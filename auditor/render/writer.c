/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/writer.h"

#include <errno.h>

bool unit_is_number(enum column_unit unit)
{
	return unit != UNIT_TEXT && unit != UNIT_NONE;
}

int writer_flush(struct writer *w, struct err *e)
{
	size_t len = w->buf.len;

	if (w->buf.failed)
		return err_nomem(e);
	errno = 0;
	if (len && fwrite(w->buf.at, 1, len, w->options->out) != len) {
		w->result->broken_pipe = errno == EPIPE;
		return err_set_errno(e, ERR_IO, "cannot write the result");
	}
	buffer_clear(&w->buf);
	return 0;
}
