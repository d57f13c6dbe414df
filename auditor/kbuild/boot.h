/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The images beside vmlinux and its modules.  Private to kbuild/.  0 or a negative error, with
 * e filled.
 */
#ifndef KBUILD_BOOT_H
#define KBUILD_BOOT_H

#include "kbuild/builder.h"

/* Boot stages, vDSOs, purgatory: an image for each command that linked one. */
int boot_read(struct builder *b, struct err *e);

#endif
