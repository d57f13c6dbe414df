/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A stranger's repository around the sources: a good one, of which files are
 * cut, overwritten, linked to each other or replaced.  libgit2 may say what it
 * likes, or crash in its child; the answer comes in time and is whole, and
 * nothing that the repository names is written.
 */
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "kbuild/git_history.h"
#include "kbuild/git_info.h"
#include "kbuild/git_trailers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Two commits and a branch, one packed with an index and a graph of commits. */
static const char make_repository[] =
	"cd '%s' && exec >/dev/null 2>&1 && export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a GIT_AUTHOR_DATE='1700000000 +0000' GIT_COMMITTER_DATE='1700000000 +0000' && git init -q -b main . && rm -rf .git/hooks .git/info .git/description && echo all: >Makefile && : >Kbuild && git add . && git commit -q -m one && git branch side && git gc -q && git commit-graph write && echo >>Kbuild && git commit -q -a -m two -m 'Footprint: a table'";

/* What may be there, too. */
static const char *const others[] = {
	".git/commondir",
	".git/gitdir",
	".git/shallow",
	".git/config",
	".git/config.worktree",
	".git/packed-refs",
	".git/HEAD",
	".git/objects/info/alternates",
	".git/info/grafts",
	".git/index",
	".gitattributes",
	".gitmodules",
};
#define NOTHERS (sizeof(others) / sizeof(others[0]))

#define FILES_MAX 64
#define FILE_MAX 65536

static char place[] = "/tmp/kmemdb-fuzz-XXXXXX";
static char work[sizeof(place) + 8];

static struct {
	char path[128]; /* below the work tree; first, for sorting */
	char *p;
	size_t len;
} files[FILES_MAX];
static size_t nfiles;

static int remove_one(const char *path, const struct stat *st, int flag,
		      struct FTW *f)
{
	(void)st;
	(void)flag;
	(void)f;
	return remove(path);
}

static void leave(void)
{
	nftw(place, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static int keep_one(const char *path, const struct stat *st, int flag,
		    struct FTW *f)
{
	FILE *in;

	(void)f;
	if (flag != FTW_F || st->st_size > FILE_MAX || nfiles == FILES_MAX)
		return 0;
	in = fopen(path, "rb");
	if (!in)
		abort();
	snprintf(files[nfiles].path, sizeof(files[0].path), "%s",
		 path + strlen(work) + 1);
	files[nfiles].len = (size_t)st->st_size;
	files[nfiles].p = malloc(files[nfiles].len + 1);
	if (!files[nfiles].p || fread(files[nfiles].p, 1, files[nfiles].len,
				      in) != files[nfiles].len)
		abort();
	fclose(in);
	nfiles++;
	return 0;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void start(void)
{
	char command[2048];

	if (!mkdtemp(place) || atexit(leave))
		abort();
	snprintf(work, sizeof(work), "%s/w", place);
	snprintf(command, sizeof(command), make_repository, work);
	if (mkdir(work, 0700) || system(command) != 0 ||
	    nftw(work, keep_one, 8, FTW_PHYS))
		abort();
	/* Whatever order the folder has them in. */
	qsort(files, nfiles, sizeof(files[0]), by_path);
}

static void write_file(const char *name, const void *p, size_t len)
{
	char path[PATH_MAX];
	FILE *out;

	snprintf(path, sizeof(path), "%s/%s", work, name);
	for (char *s = path + strlen(work) + 1; (s = strchr(s, '/')); s++) {
		*s = '\0';
		mkdir(path, 0700);
		*s = '/';
	}
	unlink(path);
	out = fopen(path, "wb");
	if (!out)
		return; /* its folder is a file now */
	if (fwrite(p, 1, len, out) != len)
		abort();
	fclose(out);
}

static void restore(void)
{
	nftw(work, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	if (mkdir(work, 0700))
		abort();
	for (size_t i = 0; i < nfiles; i++)
		write_file(files[i].path, files[i].p, files[i].len);
}

/* One change of a file: how, which, where or how much, and bytes. */
static size_t change(const uint8_t *d, size_t size)
{
	size_t n = d[4] < size - 5 ? d[4] : size - 5,
	       at = (size_t)d[2] << 8 | d[3];
	static char copy[FILE_MAX + 256];
	size_t i = d[1] % nfiles, len = files[i].len;
	char from[PATH_MAX], to[PATH_MAX];

	memcpy(copy, files[i].p, len);
	at = len ? at % len : 0;
	switch (d[0] % 5) {
	case 0: /* overwrite */
		memcpy(copy + at, d + 5, n);
		write_file(files[i].path, copy, at + n > len ? at + n : len);
		break;
	case 1: /* cut off */
		write_file(files[i].path, copy, at);
		break;
	case 2: /* insert */
		memmove(copy + at + n, copy + at, len - at);
		memcpy(copy + at, d + 5, n);
		write_file(files[i].path, copy, len + n);
		break;
	case 3: /* another file that git knows, of these bytes alone */
		write_file(others[d[1] % NOTHERS], d + 5, n);
		break;
	default: /* a link to another */
		snprintf(from, sizeof(from), "%s/%s", work, files[i].path);
		snprintf(to, sizeof(to), "%s/%s", work,
			 files[d[2] % nfiles].path);
		unlink(from);
		if (symlink(to, from))
			return 5 + n; /* its folder is a file now */
	}
	return 5 + n;
}

static void ask_all(void)
{
	struct git_history_job job = { .source = work };
	struct git_history_result h;
	struct git_trailers t;
	struct build_info b;
	struct err e;
	char id[80] = "";
	int r;

	memset(&b, 0, sizeof(b));
	r = git_info_read(work, &b, &e);
	if (r < 0 && e.code != ERR_IO)
		abort();
	if (r == 1)
		snprintf(id, sizeof(id), "%s", b.commit_id);
	build_info_release(&b);
	memset(&h, 0, sizeof(h));
	if (git_history_ask(&job, &h, &e))
		abort();
	commit_graph_release(&h.graph);
	memset(&t, 0, sizeof(t));
	if (git_trailers_read(work, *id ? id : "HEAD", NULL, "Footprint", &t,
			      &e))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct timespec a, b;

	if (!nfiles)
		start();
	if (size > 2048)
		return 0;
	restore();
	for (size_t i = 0; i + 5 < size;)
		i += change(data + i, size - i);
	clock_gettime(CLOCK_MONOTONIC, &a);
	ask_all();
	clock_gettime(CLOCK_MONOTONIC, &b);
	/* 5, 5 and 10 s are their limits. */
	if (b.tv_sec - a.tv_sec > 21)
		abort();
	return 0;
}
