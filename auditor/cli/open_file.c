/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/open_file.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "support/program.h"

int open_file(const char *path, struct err *e)
{
	/* An absolute name cannot be taken for an option. */
	char *whole = realpath(path, NULL);
	char *argv[] = { (char[]){ "xdg-open" }, whole, NULL };
	int status, rc;

	if (!whole)
		return err_set_errno(e, ERR_IO, "cannot find '%.200s'", path);
	rc = program_run(argv, &status);
	free(whole);
	if (rc) {
		errno = rc;
		return err_set_errno(
			e, ERR_IO,
			"the picture is in '%.200s', but xdg-open, which would show it, cannot be started",
			path);
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	return err_set(
		e, ERR_IO,
		"the picture is in '%.200s', but xdg-open did not show it: is there a display?",
		path);
}
