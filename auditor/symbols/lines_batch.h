/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Source lines of many addresses at once, read by a child process: libdw may
 * crash or hang on a damaged file.
 */
#ifndef SYMBOLS_LINES_BATCH_H
#define SYMBOLS_LINES_BATCH_H

#include "symbols/line_frame.h"

/*
 * Opens, looks up n addresses and closes, in a child process.  ret_answers
 * has n elements; their frames and texts are made in arena.  Where there is
 * no debug information (*ret_debug false) all answers are empty.  ERR_FORMAT
 * where libdw refuses the file, crashes, or does not end in time.
 */
int lines_batch(int fd, const char *name, const struct line_query *queries,
		size_t n, struct arena *arena, struct line_answer *ret_answers,
		bool *ret_debug, struct err *e);

#endif
