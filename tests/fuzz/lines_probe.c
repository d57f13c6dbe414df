/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looks up lines in files that may be damaged, as an import does:
 *
 *	lines_probe SECTION ADDRESS FILE...
 *
 * SECTION - is none.  A line a file: `ok N` with the frames found, or the
 * error.  What libdw does to its own process must not end this one.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "symbols/lines.h"
#include "symbols/lines_batch.h"

#define QUERIES 64 /* each the next 4 bytes */

static void probe(const char *section, uint64_t address, const char *path)
{
	struct line_query queries[QUERIES];
	struct line_answer answers[QUERIES] = { { 0 } };
	struct arena arena = ARENA_INIT;
	size_t frames = 0;
	bool debug = false;
	struct err e;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		perror(path);
		exit(2);
	}
	for (size_t i = 0; i < QUERIES; i++)
		queries[i] = (struct line_query){ section, address + 4 * i };
	if (lines_batch(fd, path, queries, QUERIES, &arena, answers, &debug,
			&e)) {
		printf("%s\n", e.text);
	} else {
		for (size_t i = 0; i < QUERIES; i++)
			frames += answers[i].nframes;
		printf("ok %zu\n", frames);
	}
	arena_release(&arena);
	close(fd);
}

int main(int argc, char **argv)
{
	const char *section;

	if (argc < 4)
		return 2;
	section = strcmp(argv[1], "-") == 0 ? NULL : argv[1];
	for (int i = 3; i < argc; i++)
		probe(section, strtoull(argv[2], NULL, 16), argv[i]);
	return 0;
}
