/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEFAULT_WIDTH 80

/* Holds any help: its writers need not look for errors line by line. */
#define BUFFER_SIZE (64 * 1024)

static size_t terminal_width(int fd)
{
	const char *columns = getenv("COLUMNS");
	struct winsize ws;
	long n;

	if (ioctl(fd, TIOCGWINSZ, &ws) == 0 && ws.ws_col)
		return ws.ws_col;
	n = columns ? strtol(columns, NULL, 10) : 0;
	return n > 0 ? (size_t)n : DEFAULT_WIDTH;
}

static void look_at(struct output *o)
{
	int fd = fileno(o->file);

	o->terminal = isatty(fd);
	if (o->terminal)
		o->width = terminal_width(fd);
}

static int cannot_write(const struct output *o, struct err *e)
{
	if (!o->path)
		return err_set_errno(e, ERR_IO,
				     "cannot write to standard output");
	return err_set_errno(e, ERR_IO, "cannot write '%s'", o->path);
}

/* With the rights that open(2) would have given a new file. */
static int set_mode(int fd, const char *path)
{
	mode_t mask = umask(0);
	struct stat st;

	umask(mask);
	if (stat(path, &st) == 0)
		return fchmod(fd, st.st_mode & 0777);
	return fchmod(fd, 0666 & ~mask);
}

/* A file that has no name yet: nothing is left of it, however the program
 * ends.  -1 where the file system has none, or nobody could name it later. */
static int open_unnamed(const char *path)
{
	const char *slash = strrchr(path, '/');
	char dir[PATH_MAX];
	size_t len = slash ? (size_t)(slash - path) : 0;

	if (len >= sizeof(dir) || access("/proc/self/fd", X_OK) != 0)
		return -1;
	memcpy(dir, slash ? path : ".", slash ? len : 1);
	dir[slash ? len : 1] = '\0';
	return open(slash && !len ? "/" : dir, O_TMPFILE | O_WRONLY | O_CLOEXEC,
		    0600);
}

/* Gives it the file's name; what has that name now is replaced at once. */
static int name_it(struct output *o)
{
	char self[40];
	int tries, rc;

	snprintf(self, sizeof(self), "/proc/self/fd/%d", fileno(o->file));
	rc = linkat(AT_FDCWD, self, AT_FDCWD, o->path, AT_SYMLINK_FOLLOW);
	if (rc == 0 || errno != EEXIST)
		return rc;
	for (tries = 0; tries < 100; tries++) {
		free(o->temp);
		if (asprintf(&o->temp, "%s.%ld.%d", o->path, (long)getpid(),
			     tries) < 0) {
			o->temp = NULL;
			return -1;
		}
		if (linkat(AT_FDCWD, self, AT_FDCWD, o->temp,
			   AT_SYMLINK_FOLLOW) == 0)
			return 0;
		if (errno != EEXIST)
			break;
	}
	/* Somebody else's. */
	free(o->temp);
	o->temp = NULL;
	return -1;
}

/* A temporary beside the file, so that rename(2) can move it there. */
static int open_beside(struct output *o, struct err *e)
{
	/* Through a symbolic link, to what it means. */
	char *real = realpath(o->path, NULL);
	int fd;

	if (real) {
		free(o->path);
		o->path = real;
	}
	fd = open_unnamed(o->path);
	if (fd >= 0) {
		o->unnamed = set_mode(fd, o->path) == 0;
		o->file = o->unnamed ? fdopen(fd, "w") : NULL;
		if (o->file)
			return 0;
		o->unnamed = false;
		close(fd);
	}
	if (asprintf(&o->temp, "%s.XXXXXX", o->path) < 0) {
		o->temp = NULL;
		return err_nomem(e);
	}
	fd = mkostemp(o->temp, 0);
	if (fd < 0) {
		int rc = cannot_write(o, e);

		free(o->temp);
		o->temp = NULL;
		return rc;
	}
	if (set_mode(fd, o->path) == 0)
		o->file = fdopen(fd, "w");
	if (!o->file) {
		int rc = cannot_write(o, e);

		close(fd);
		return rc;
	}
	return 0;
}

/* A device or a pipe is written to, not replaced.  A FIFO without a reader
 * would make open(2) wait for one, perhaps for ever. */
static int open_special(struct output *o, bool fifo, struct err *e)
{
	int fd = open(o->path, O_WRONLY | O_CLOEXEC | O_NOCTTY |
				       (fifo ? O_NONBLOCK : 0));

	if (fd < 0 && fifo && errno == ENXIO)
		return err_set(
			e, ERR_IO,
			"'%s' is a FIFO that nobody reads: start its reader first",
			o->path);
	/* From here on a slow reader is waited for. */
	if (fd >= 0 && (!fifo || fcntl(fd, F_SETFL, O_WRONLY) == 0))
		o->file = fdopen(fd, "w");
	if (!o->file) {
		int rc = cannot_write(o, e);

		if (fd >= 0)
			close(fd);
		return rc;
	}
	return 0;
}

int output_open(const char *path, struct output *ret, struct err *e)
{
	struct output o = { .file = NULL };
	struct stat st;
	int rc = 0;

	if (!path || strcmp(path, "-") == 0) {
		o.file = stdout;
		setvbuf(stdout, NULL, _IOFBF, BUFFER_SIZE);
		look_at(&o);
		*ret = o;
		return 0;
	}
	o.path = strdup(path);
	if (!o.path)
		return err_nomem(e);
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		rc = open_special(&o, S_ISFIFO(st.st_mode), e);
	else
		rc = open_beside(&o, e);
	if (rc) {
		output_discard(&o);
		return rc;
	}
	look_at(&o);
	*ret = o;
	return 0;
}

int output_commit(struct output *o, struct err *e)
{
	FILE *f = o->file;
	int rc = 0;

	errno = 0;
	if (fflush(f) != 0 || ferror(f)) {
		/* The reason of an earlier failure is gone. */
		errno = errno ? errno : EIO;
		rc = errno == EPIPE ? 0 : cannot_write(o, e);
	}
	if (!rc && o->unnamed && name_it(o) != 0)
		rc = cannot_write(o, e);
	if (o->path) {
		o->file = NULL;
		errno = 0;
		if (fclose(f) != 0 && !rc && errno != EPIPE)
			rc = cannot_write(o, e);
	}
	if (!rc && o->temp) {
		if (rename(o->temp, o->path) != 0) {
			rc = cannot_write(o, e);
		} else {
			free(o->temp);
			o->temp = NULL;
		}
	}
	output_discard(o);
	return rc;
}

void output_discard(struct output *o)
{
	if (o->file && o->path) {
		fclose(o->file);
	} else if (o->file) {
		/* Who flushes standard output at the end of the program must
		 * not find what has been reported, or was the reader's wish. */
		__fpurge(o->file);
		clearerr(o->file);
	}
	if (o->temp)
		unlink(o->temp);
	free(o->temp);
	free(o->path);
	*o = (struct output){ .file = NULL };
}
