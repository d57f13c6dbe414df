/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/junit.h"

#include <string.h>

#include "render/buffer.h"
#include "render/escape.h"

static void escape(struct buffer *b, const char *s)
{
	size_t left = strlen(s);

	while (left) {
		struct xml_char c = xml_char(s, left);

		buffer_add(b, c.text, c.len);
		s += c.taken;
		left -= c.taken;
	}
}

static void attribute(struct buffer *b, const char *name, const char *value)
{
	buffer_printf(b, " %s=\"", name);
	escape(b, value);
	buffer_char(b, '"');
}

static void put_case(struct buffer *b, const struct junit_case *c)
{
	const char *tag = c->state == JUNIT_FAILED ? "failure" : "skipped";

	buffer_str(b, "  <testcase");
	attribute(b, "classname", c->group);
	attribute(b, "name", c->name);
	if (c->state == JUNIT_PASSED) {
		buffer_str(b, "/>\n");
		return;
	}
	buffer_printf(b, ">\n    <%s", tag);
	attribute(b, "message", c->message);
	buffer_char(b, '>');
	escape(b, c->text);
	buffer_printf(b, "</%s>\n  </testcase>\n", tag);
}

static size_t count(const struct junit_case *cases, size_t n,
		    enum junit_state state)
{
	size_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += cases[i].state == state;
	return sum;
}

int junit_write(FILE *out, const char *suite, const struct junit_case *cases,
		size_t ncases, struct err *e)
{
	struct buffer b = BUFFER_INIT;
	int rc = 0;

	buffer_str(&b,
		   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite");
	attribute(&b, "name", suite);
	buffer_printf(&b, " tests=\"%zu\" failures=\"%zu\" skipped=\"%zu\">\n",
		      ncases, count(cases, ncases, JUNIT_FAILED),
		      count(cases, ncases, JUNIT_SKIPPED));
	for (size_t i = 0; i < ncases; i++)
		put_case(&b, &cases[i]);
	buffer_str(&b, "</testsuite>\n");
	if (b.failed)
		rc = err_nomem(e);
	else
		/* Whether it could be written is asked for at the end. */
		fwrite(b.at, 1, b.len, out);
	buffer_release(&b);
	return rc;
}
