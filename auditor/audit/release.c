/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The release of a kernel of which only linked files are there: a module
 * carries it as "vermagic=", vmlinux in its banner.
 */
#include "audit/release.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit/steps.h"
#include "audit/object_file.h"

#define CHUNK ((size_t)1 << 20)
#define RELEASE_MAX ((size_t)128)
/* Debug information comes after what is loaded, and is ten times larger. */
#define SEARCHED_MAX ((off_t)128 << 20)

/* The word after mark, where it begins with a digit.  One that reaches the end
 * of a full chunk is whole in the next. */
static const char *word_after(struct arena *a, const char *buf, size_t len,
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
		if (p + word == end && len == CHUNK)
			return NULL;
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
			found = word_after(a, buf, (size_t)n, mark);
		at += (off_t)(CHUNK - RELEASE_MAX - 32);
	}
	free(buf);
	return found;
}

const char *audit_find_release(const struct audit_input *in,
			       struct arena *arena)
{
	const struct tree_image *image = in->tree.images;
	const char *release;
	struct err ignored;
	int fd;

	if (!in->tree.linked_only || !in->tree.nimages)
		return NULL;
	fd = audit_open(in, image->path, &ignored);
	if (fd < 0)
		return NULL;
	release = search(arena, fd,
			 image->kind == IMAGE_VMLINUX ? "Linux version "
						      : "vermagic=");
	close(fd);
	return release;
}
