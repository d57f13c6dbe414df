/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Other programs, started and waited for.
 */
#ifndef SUPPORT_PROGRAM_H
#define SUPPORT_PROGRAM_H

/*
 * Runs argv[0], which is looked for in $PATH, with the arguments argv, ended by
 * NULL, until it ends.  0: *ret_status is waitpid's; else an errno: it could
 * not be started.
 */
int program_run(char *const *argv, int *ret_status);

#endif
