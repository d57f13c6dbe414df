/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The release of a kernel of which only linked files are there: a module
 * carries it as "vermagic=", vmlinux in its banner.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit/audit.h"

#define CHUNK ((size_t)1 << 20)
#define RELEASE_MAX ((size_t)128)
/* Debug information stands behind what is loaded, and is ten times larger. */
#define SEARCHED_MAX ((off_t)128 << 20)

/* The word behind mark, where it begins with a digit. */
static const char *word_behind(struct arena *a, const char *buf, size_t len,
			       const char *mark)
{
	size_t n = strlen(mark);
	const char *end = buf + len, *p = buf;

	while ((p = memmem(p, (size_t)(end - p), mark, n))) {
		size_t word = 0;

		p += n;
		while (p + word < end && word < RELEASE_MAX && p[word] > ' ' &&
		       p[word] <= '~')
			word++;
		if (word && p[0] >= '0' && p[0] <= '9')
			return arena_strndup(a, p, word);
	}
	return NULL;
}

static const char *search(struct arena *a, int fd, const char *mark)
{
	char *buf = malloc(CHUNK);
	const char *found = NULL;
	ssize_t n = 1;

	for (off_t at = 0; buf && !found && n > 0 && at < SEARCHED_MAX;) {
		n = pread(fd, buf, CHUNK, at);
		if (n > 0)
			found = word_behind(a, buf, (size_t)n, mark);
		/* One that is cut by the chunk's end is whole in the next. */
		at += (off_t)(CHUNK - RELEASE_MAX - 32);
	}
	free(buf);
	return found;
}

void audit_find_release(struct audit *a)
{
	const struct tree_image *image = a->tree.images;
	struct err ignored;
	int fd;

	if (a->info.release || !a->tree.linked_only || !a->tree.nimages)
		return;
	fd = audit_open(a, image->path, &ignored);
	if (fd < 0)
		return;
	a->info.release = search(&a->info.arena, fd,
				 image->kind == IMAGE_VMLINUX ? "Linux version "
							      : "vermagic=");
	close(fd);
}
