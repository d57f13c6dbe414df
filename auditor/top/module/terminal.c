/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "top/module/terminal.h"

#include <unistd.h>

#include <curses.h>
#include <term.h>

bool terminal_has_screen(void)
{
	int known;

	return setupterm(NULL, STDOUT_FILENO, &known) == OK && cursor_address &&
	       clear_screen;
}
