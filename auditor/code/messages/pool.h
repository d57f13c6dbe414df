/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Analysers between two objects: their decoder and their scratch memory are
 * worth keeping, there are a thousand objects and a few threads.  May be used
 * from any thread.
 */
#ifndef CODE_MESSAGES_POOL_H
#define CODE_MESSAGES_POOL_H

#include "code/messages/analyse.h"

struct analyser_pool;

struct analyser_pool *analyser_pool_new(void); /* NULL: memory is out */
void analyser_pool_free(struct analyser_pool *p);

/* One for the machine of f, kept or new, and back again.  Where the job of f
 * has no pool it is made and freed. */
int analyser_take(const struct object_facts *f, struct analyser **ret,
		  struct err *e);
void analyser_give(const struct object_facts *f, struct analyser *a);

#endif
