/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/text_file.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a FIFO's writer may need to begin. */
#define FIFO_WAIT_MS 3000

/* Opening a FIFO that nobody writes waits, perhaps for ever; one with a writer
 * (<(...) of a shell) is read. */
static int open_text(const char *path, int *ret_fd, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct pollfd p = { .fd = fd, .events = POLLIN };
	struct stat st;
	int rc = 0;

	if (fd < 0 || fstat(fd, &st) != 0) {
		rc = err_set_errno(e, ERR_IO, "cannot read '%s'", path);
	} else if (S_ISDIR(st.st_mode)) {
		rc = err_set(e, ERR_IO, "cannot read '%s': it is a directory",
			     path);
	} else if (S_ISFIFO(st.st_mode) && poll(&p, 1, FIFO_WAIT_MS) == 0) {
		rc = err_set(
			e, ERR_IO,
			"'%s' is a FIFO that nobody writes to: name a file",
			path);
	} else if (fcntl(fd, F_SETFL, O_RDONLY) != 0) {
		rc = err_set_errno(e, ERR_IO, "cannot read '%s'", path);
	}
	if (!rc)
		*ret_fd = fd;
	else if (fd >= 0)
		close(fd);
	return rc;
}

/* The whole of a stream as one string. */
static int read_text(FILE *f, const char *path, size_t max, const char *what,
		     char **ret, struct err *e)
{
	char *text = malloc(max + 1);
	size_t n;

	if (!text)
		return err_nomem(e);
	n = fread(text, 1, max, f);
	text[n] = '\0';
	if (!ferror(f) && (n == max || strlen(text) != n)) {
		free(text);
		return err_set(e, ERR_FORMAT, "'%s' is not a %s", path, what);
	}
	if (ferror(f)) {
		free(text);
		return err_set_errno(e, ERR_IO, "cannot read '%s'", path);
	}
	*ret = text;
	return 0;
}

int text_file_read(const char *path, size_t max, const char *what, char **ret,
		   struct err *e)
{
	int fd = -1, rc;
	FILE *f;

	if (strcmp(path, "-") == 0)
		return read_text(stdin, path, max, what, ret, e);
	rc = open_text(path, &fd, e);
	if (rc)
		return rc;
	f = fdopen(fd, "r");
	if (!f) {
		close(fd);
		return err_nomem(e);
	}
	rc = read_text(f, path, max, what, ret, e);
	fclose(f);
	return rc;
}
