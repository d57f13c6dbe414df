/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Making the facts of an object.
 */
#ifndef CODE_MESSAGES_OBJECT_FACTS_H
#define CODE_MESSAGES_OBJECT_FACTS_H

#include "code/messages/jobs.h"

/* Takes *o over, also on failure (ERR_NOMEM, ERR_IO). */
int object_facts_make(const struct facts_job *job, struct code_object *o,
		      struct object_facts **ret, struct err *e);
void object_facts_free(struct object_facts *f);

/* Forgets what others have told, and looks at its own code again. */
int object_facts_reset(struct object_facts *f, struct err *e);

#endif
