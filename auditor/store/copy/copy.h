/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Builds and traces of one database that go into another, with all that they
 * refer to (roots.h says which).  Numbers of rows become those of the database they come to; what
 * is there already is found by its content.
 *
 * The other database may be a stranger's: it is read through statements on
 * plain tables alone, every value must have its column's type, every
 * reference its row, keys must ascend, and digests are computed anew.  That
 * numbers are *true* nobody can check, so they never get to the builds that
 * are here: of a footprint whose digest does not follow from its rows, the
 * digest is another one, which no object has.
 *
 * What is joined is a set of builds, each known by its identity, and of
 * traces, each by its log and its build.  Of two of one identity the one that
 * was audited later stays (imported, of traces); of two of one moment, the
 * one whose content has the larger digest.  So the result does not depend on the
 * order, and nothing is there twice.
 */
#ifndef STORE_COPY_COPY_H
#define STORE_COPY_COPY_H

#include <stdbool.h>

#include <sqlite3.h>

#include "store/copy/counts.h"
#include "support/err.h"

struct store;
struct copier;

/* from must stay as it is until copier_free.  own: it is a database of the
 * user's own, whose digests need no proof. */
int copier_new(struct store *to, sqlite3 *from, const char *from_name, bool own,
	       struct copier **ret, struct err *e);
void copier_free(struct copier *c);

struct copy_counts copier_counts(const struct copier *c);

#endif
