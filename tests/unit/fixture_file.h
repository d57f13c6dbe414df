/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The text of a file of tests/fixtures.  The Makefile says where they are, so
 * that a test runs from any folder; without it, from the top of the tree.
 */
#ifndef TESTS_FIXTURE_FILE_H
#define TESTS_FIXTURE_FILE_H

#include <stdio.h>
#include <stdlib.h>

#ifndef FIXTURES
#define FIXTURES "tests/fixtures"
#endif

/* The caller frees it.  NULL, and said why, if it cannot be read. */
static inline char *fixture_text(const char *name)
{
	char path[4096];
	char *text = NULL;
	size_t size = 0;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", FIXTURES, name);
	f = fopen(path, "r");
	if (!f) {
		perror(path);
		return NULL;
	}
	/* Up to the end: there is no NUL in a fixture. */
	if (getdelim(&text, &size, '\0', f) < 0) {
		fprintf(stderr, "%s: empty\n", path);
		free(text);
		text = NULL;
	}
	fclose(f);
	return text;
}

#endif
