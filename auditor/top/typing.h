/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line that is being typed, in UTF-8.
 */
#ifndef TOP_TYPING_H
#define TOP_TYPING_H

#include <stdint.h>

#include "top/level.h"

/* Another character at its end; controls, and what has no room, are left out. */
void typing_add(char text[TOP_TEXT_MAX], uint32_t c);

/* Without its last character. */
void typing_erase(char text[TOP_TEXT_MAX]);

#endif
