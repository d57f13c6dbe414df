/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The summary of an import, on stderr.
 */
#ifndef CMD_IMPORT_SAY_H
#define CMD_IMPORT_SAY_H

#include "import/import.h"

void import_say(const struct import_options *o, const struct import_result *r);

#endif
