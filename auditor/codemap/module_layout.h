/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the code of a module is: its parts' sections laid out as `ld -r`
 * does.
 */
#ifndef CODEMAP_MODULE_LAYOUT_H
#define CODEMAP_MODULE_LAYOUT_H

#include "codemap/builder.h"

/*
 * Lays out the members of the image that was added last, in the sections
 * that its .ko has (codemap_add_linked) or, where there is none, in one of
 * each name.  The image is placed where the sizes come out as the .ko's.
 * Negative where names cannot be read, sizes overflow or memory is out.
 */
int codemap_lay_out_module(struct codemap_builder *b, struct err *e);

#endif
