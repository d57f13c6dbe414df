/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * CSV and TSV.  Private to render/.
 */
#ifndef RENDER_SEPARATED_H
#define RENDER_SEPARATED_H

#include "render/writer.h"

extern const struct writer_ops csv_ops;
extern const struct writer_ops tsv_ops;

#endif
