/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The trace-event format: an object with a list of events; a counter ("C") has
 * a name, a time in microseconds and the values of its tracks.
 */
#include <inttypes.h>
#include <string.h>

#include "profile/profile.h"
#include "query/fetch.h"
#include "render/buffer.h"
#include "render/escape.h"
#include "support/version.h"

struct events {
	FILE *out;
	struct buffer line;
};

static int counter(void *ctx, const struct fetched *row, struct err *e)
{
	struct events *v = ctx;
	struct buffer *b = &v->line;
	const char *path = row->text[1] ? row->text[1] : "-";
	int64_t ns = row->number[0];

	buffer_str(
		b,
		",\n{\"ph\":\"C\",\"pid\":1,\"cat\":\"live bytes\",\"name\":");
	text_for_json(b, path, strlen(path));
	buffer_printf(b,
		      ",\"ts\":%s%" PRId64 ".%03d,\"args\":{\"bytes\":%" PRId64
		      "}}",
		      ns < 0 && ns > -1000 ? "-" : "", ns / 1000,
		      (int)(ns < 0 ? -(ns % 1000) : ns % 1000), row->number[2]);
	if (b->failed)
		return err_nomem(e);
	fwrite(b->at, 1, b->len, v->out);
	buffer_clear(b);
	return 0;
}

int perfetto_write(const struct database *d, const struct profile_request *r,
		   struct err *e)
{
	static const char *const columns[] = { "start_ns", "path", "live_bytes",
					       NULL };
	struct events v = { .out = r->out, .line = BUFFER_INIT };
	struct fetch f = { .d = d,
			   .report = "timeline-by-branch",
			   .columns = columns,
			   .request = { .limit = -1 } };
	int rc;

	if (r->attr || r->given[PARAM_IMAGE])
		return err_set(
			e, ERR_USAGE,
			"--format perfetto takes no --%s: it has live bytes",
			r->attr ? "attr" : "image");
	memcpy(f.request.given, r->given, sizeof(f.request.given));
	fprintf(r->out,
		"{\"displayTimeUnit\":\"ns\",\"otherData\":{\"program\":\"kmemdb %s\"},\"traceEvents\":[\n{\"ph\":\"M\",\"pid\":1,\"name\":\"process_name\",\"args\":{\"name\":\"kernel: live bytes\"}}",
		KMEMDB_VERSION);
	rc = fetch_rows(&f, counter, &v, NULL, NULL, e);
	fputs("\n]}\n", r->out);
	buffer_release(&v.line);
	return rc;
}
