/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which build or trace somebody means, by the rules of the reports' --build
 * and --trace.
 */
#ifndef EXCHANGE_REFS_H
#define EXCHANGE_REFS_H

#include <stdint.h>

#include <sqlite3.h>

#include "support/err.h"

enum ref_kind { REF_BUILD, REF_TRACE };

/* 1 and *ret_id, 0 where nothing answers to ref; ERR_USAGE where several do.
 * ref NULL is the newest. */
int ref_find(sqlite3 *db, enum ref_kind kind, const char *ref, int64_t *ret_id,
	     struct err *e);

/* As above, where nothing is ERR_USAGE, too. */
int ref_get(sqlite3 *db, enum ref_kind kind, const char *ref, int64_t *ret_id,
	    struct err *e);

#endif
