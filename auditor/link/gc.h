/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which sections a link with --gc-sections keeps: those of KEEP statements,
 * notes, those whose global symbols the image has, and all that these need,
 * relocation by relocation, as GNU ld and lld do it.  Private to link/.
 */
#ifndef LINK_GC_H
#define LINK_GC_H

#include "link/work.h"

/*
 * After the statements have their sections: sets live of each section of w
 * that is linked.  All of an input whose references are not known is.  lld: a reference to
 * __start_NAME keeps no section NAME (its -z start-stop-gc, the default from
 * 13 on).  0 or negative, with e filled.
 */
int link_gc_mark(struct link_work *w, bool lld, struct err *e);

#endif
