/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/program.h"

#include <errno.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

int program_run(char *const *argv, int *ret_status)
{
	int status = -1;
	pid_t child;
	int rc = posix_spawnp(&child, argv[0], NULL, NULL, argv, environ);

	if (rc)
		return rc;
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	*ret_status = status;
	return 0;
}
