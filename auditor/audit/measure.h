/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is read of each object and image, and handed on one at a time.
 */
#ifndef AUDIT_MEASURE_H
#define AUDIT_MEASURE_H

#include "audit/steps.h"

/* vmlinux itself, and what is to be read of each object.  In this order:
 * start, then (audit/known.c) what need not be opened, objects, images. */
int measure_start(struct audit_input *in, struct measured *ret, struct err *e);
int measure_objects(const struct audit_input *in, struct measured *m,
		    const struct measure_sink *sink, struct err *e);
int measure_images(const struct audit_input *in, const struct measured *m,
		   const struct measure_sink *sink, struct err *e);
void measured_release(struct measured *m);

#endif
