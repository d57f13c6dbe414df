/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the text of a .config says of an option, by its whole name
 * (CONFIG_…).  The text needs no NUL.
 */
#ifndef SUPPORT_CONFIG_TEXT_H
#define SUPPORT_CONFIG_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* It is y: built in. */
bool config_text_is_set(const char *text, size_t len, const char *option);

/* 0: it has no decimal number. */
unsigned long config_text_number(const char *text, size_t len,
				 const char *option);

#endif
