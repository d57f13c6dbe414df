/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table for mails and merge requests.  Private to render/.
 */
#ifndef RENDER_MARKDOWN_H
#define RENDER_MARKDOWN_H

#include "render/writer.h"

extern const struct writer_ops markdown_ops;

#endif
