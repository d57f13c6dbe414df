/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which bytes of a section which symbol accounts for.  Fills own of every
 * symbol and unattributed of every section, so that per section
 * sum(own) + unattributed = size, whatever the symbols claim.
 */
#ifndef ELF_COVERAGE_H
#define ELF_COVERAGE_H

#include "model/object.h"

/* r->symbols must be sorted as model/object.h says. */
void coverage_compute(struct object_record *r);

#endif
