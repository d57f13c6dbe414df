/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts: where they are, how long, what they say.
 */
#ifndef CODE_MESSAGES_TEXTS_H
#define CODE_MESSAGES_TEXTS_H

#include <stdbool.h>

#include "code/code_object.h"

/* The text at a place, NUL-terminated; NULL where there is none. */
const char *text_at(const struct code_object *o, uint64_t at);
/* Its bytes with NUL and the padding up to the next one. */
void text_size(const struct code_object *o, uint64_t at, uint32_t *ret_bytes,
	       uint32_t *ret_padding);
/* Does all that it says stand in it?  fixed: bit per argument that is a
 * constant text. */
bool text_is_static(const char *text, uint16_t fixed);
/* The level that it begins with, and the bytes that tell it. */
uint8_t text_level(const char *text, size_t *ret_len);

#endif
