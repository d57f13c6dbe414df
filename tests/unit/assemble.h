/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Objects for tests, assembled from source that is next to the expected
 * numbers.
 */
#ifndef TESTS_ASSEMBLE_H
#define TESTS_ASSEMBLE_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

/* Assembles source with `tool … -o FILE -` and opens the result (unlinked:
 * nothing is left behind).  The tool must be there: skip before, with
 * assemble_have. */
static inline int assemble(const char *tool, const char *source)
{
	char path[] = "/tmp/kmemdb-asm-XXXXXX";
	char command[1024];
	int fd = mkstemp(path);
	FILE *pipe;

	assert_true(fd >= 0);
	close(fd);
	snprintf(command, sizeof(command), "%s -o %s -", tool, path);
	pipe = popen(command, "w");
	assert_non_null(pipe);
	fputs(source, pipe);
	assert_int_equal(pclose(pipe), 0);
	fd = open(path, O_RDONLY);
	assert_true(fd >= 0);
	unlink(path);
	return fd;
}

static inline int assemble_have(const char *program)
{
	char command[256];

	snprintf(command, sizeof(command), "command -v %s >/dev/null", program);
	return system(command) == 0;
}

#endif
