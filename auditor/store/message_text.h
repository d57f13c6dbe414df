/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A message as the source has it between its quotes: with \n, \t, \" and
 * the like, so that `git grep` finds it.  Pure.
 */
#ifndef STORE_MESSAGE_TEXT_H
#define STORE_MESSAGE_TEXT_H

/* The caller frees it; NULL when memory is out. */
char *message_text_escape(const char *text);

#endif
