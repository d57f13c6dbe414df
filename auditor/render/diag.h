/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the commands say to people, on stderr.
 */
#ifndef RENDER_DIAG_H
#define RENDER_DIAG_H

/*
 * As fprintf to stderr, for one line or a part of one: what a stranger's name
 * brings along reaches no terminal as a command, and forges no line.  The one
 * newline that is kept is the one that ends fmt.
 */
void diag(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
