/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The layout of the slab-accounting patches and of trace_analyze.  Private to render/.
 */
#ifndef RENDER_ACCOUNT_H
#define RENDER_ACCOUNT_H

#include "render/writer.h"

extern const struct writer_ops account_ops;

#endif
