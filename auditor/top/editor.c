/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "top/editor.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/program.h"

#define WORDS_MAX 16

static const char *editor_words(void)
{
	static const char *const names[] = { "VISUAL", "EDITOR" };

	for (size_t i = 0; i < 2; i++) {
		const char *value = getenv(names[i]);

		if (value && value[strspn(value, " ")])
			return value;
	}
	return "vi";
}

static int start(char **argv, struct err *e)
{
	int status, rc = program_run(argv, &status);

	if (!rc)
		return 0;
	errno = rc;
	return err_set_errno(
		e, ERR_IO,
		"cannot start the editor '%.200s' ($VISUAL, $EDITOR)", argv[0]);
}

int editor_run(const struct top_place *place, struct err *e)
{
	char *words = strdup(editor_words()), *rest = words;
	char *argv[WORDS_MAX + 3], line[32], file[PATH_MAX];
	size_t n = 0;
	int rc;

	if (!words)
		return err_nomem(e);
	while (n < WORDS_MAX && (argv[n] = strsep(&rest, " ")))
		n += *argv[n] != '\0';
	snprintf(line, sizeof(line), "+%lld", (long long)place->line);
	snprintf(file, sizeof(file), "%s", place->file);
	if (place->line > 0)
		argv[n++] = line;
	argv[n++] = file;
	argv[n] = NULL;
	rc = start(argv, e);
	free(words);
	return rc;
}
