/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which build a trace is of: the one that --build names, else the one whose
 * vmlinux has the build-id that the capture brought, else the newest.
 */
#ifndef IMPORT_CHOOSE_BUILD_H
#define IMPORT_CHOOSE_BUILD_H

#include "store/trace.h"
#include "support/arena.h"
#include "support/err.h"
#include "support/remarks.h"
#include "trace/capture/capture.h"

/*
 * Fills build, chosen and what the capture says of the running kernel
 * (build_id, release, command_line) in *row; build 0 where there is none.
 * ref is that of --build, or NULL.  Texts live in a and in the capture.
 * ERR_USAGE where ref names no build, or several; ERR_DB; ERR_NOMEM.
 */
int choose_build(struct store *s, const struct capture_info *c, const char *ref,
		 struct trace_row *row, struct arena *a, struct remarks *notes,
		 struct err *e);

#endif
