/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/detect.h"

#include <stdbool.h>
#include <string.h>

#include "support/scan.h"
#include "trace/text/decode.h"
#include "trace/text/event_formats.h"
#include "trace/text/find.h"

int trace_format_by_name(const char *word, enum trace_format *ret,
			 struct err *e)
{
	static const char *const words[] = {
		[TRACE_AUTO] = "auto",
		[TRACE_TEXT] = "text",
		[TRACE_DAT] = "dat",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(word, words[i]) == 0) {
			*ret = (enum trace_format)i;
			return 0;
		}
	}
	return err_set(e, ERR_USAGE,
		       "unknown trace format '%s': use auto, text or dat",
		       word);
}

/* Files that people hand over in a trace's place, by how they begin. */
static const struct {
	const char *magic;
	size_t at, len;
	const char *what;
	const char *advice;
} others[] = {
#define OTHER(at, magic, what, advice)                                         \
	{                                                                      \
		magic, at, sizeof(magic) - 1, what, advice                     \
	}
	OTHER(0, "PERFILE2", "a perf.data file",
	      "import what `perf script --ns -F comm,pid,cpu,time,event,trace` prints of it"),
	OTHER(0, "\177ELF", "an ELF file",
	      "kmemdb audit measures a built tree"),
	OTHER(0, "!<arch>\n", "an archive of objects",
	      "kmemdb audit measures a built tree"),
	OTHER(0, "SQLite format 3", "a SQLite database", "name it with --db"),
	OTHER(257, "ustar", "a tar archive",
	      "unpack it and import the capture or trace in it"),
	OTHER(0, "slabinfo - version", "/proc/slabinfo",
	      "import the trace that was captured with it"),
	OTHER(0, "allocinfo - version", "/proc/allocinfo",
	      "import an ftrace log of the kmem events"),
	OTHER(0, "Page allocated via order", "page_owner's list",
	      "import an ftrace log of the kmem events"),
#undef OTHER
};

static const char *next_line(const char *p, const char *end)
{
	const char *nl = memchr(p, '\n', (size_t)(end - p));

	return nl ? nl + 1 : end;
}

/* `13970 1 2669749444540 type: 658`, and the same in hex. */
static bool is_raw_line(const char *p, const char *end, bool *ret_hex)
{
	uint64_t v;

	*ret_hex = false;
	for (int i = 0; i < 3; i++) {
		const char *q = scan_hex(p, end, &v);

		if (q == p || q == end || *q != ' ')
			return false;
		*ret_hex |= q - p >= 8 && *p == '0';
		p = q + 1;
	}
	return SCAN_LIT(p, end, "type: ");
}

/* `ffffffff81000000 T _text` */
static bool is_kallsyms_line(const char *p, const char *end)
{
	uint64_t v;
	const char *q = scan_hex(p, end, &v);

	return (q - p == 16 || q - p == 8) && end - q > 3 && q[0] == ' ' &&
	       scan_is_word(q[1]) && q[2] == ' ' && q[3] != ' ';
}

/* More control bytes than a serial line's noise explains. */
static bool is_binary(const char *p, size_t len)
{
	size_t odd = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)p[i];

		odd += (c < 0x20 && c != '\n' && c != '\r' && c != '\t' &&
			c != 0x1b) ||
		       c == 0x7f;
	}
	return odd > len / 10;
}

static int refuse_option(const char *name, const char *option, struct err *e)
{
	return err_set(
		e, ERR_FORMAT,
		"'%s' was printed with the trace option %s, which names no events: echo no%s >trace_options, then read the trace again (the buffer still has it)",
		name, option, option);
}

/* `kmem:kmalloc(call_site: …, ptr: …)` of perf trace, which leaves out what
 * a pointer or a flag is. */
static bool is_perf_trace_line(const char *p, const char *end)
{
	const char *q = p, *name;

	while ((q = SCAN_FIND(q, end, " kmem:"))) {
		name = q += 6;
		while (q < end && scan_is_word(*q))
			q++;
		if (q < end && *q == '(' && end[-1] == '\n' &&
		    text_known_event(name, (size_t)(q - name)) >= 0)
			return true;
	}
	return false;
}

static int detect_text(const char *name, const char *p, const char *end,
		       struct err *e)
{
	bool hex = false, first = true;
	int raw = 0;

	for (const char *q; p < end; p = q) {
		q = next_line(p, end);
		if (*p == '#' || *p == '\n')
			continue;
		if (first && is_kallsyms_line(p, q))
			return err_set(
				e, ERR_FORMAT,
				"'%s' is a list of symbols: pass it with --kallsyms next to the trace",
				name);
		first = false;
		if (is_perf_trace_line(p, q))
			return err_set(
				e, ERR_FORMAT,
				"'%s' was printed by perf trace, which writes numbers in place of pointers and flags: use perf record, and import what perf script prints",
				name);
		raw = is_raw_line(p, q, &hex) ? raw + 1 : 0;
		if (raw == 2)
			return refuse_option(name, hex ? "hex" : "raw", e);
	}
	return 0;
}

int trace_detect(const char *name, const char *p, size_t len,
		 enum trace_format *ret, struct err *e)
{
	const char *end = p + len;

	if (!len)
		return err_set(e, ERR_FORMAT, "'%s' is empty", name);
	/* A log that was cut to nothing while it was written begins with a
	 * hole. */
	while (len > 1 && *p == '\0')
		p++, len--;
	if (SCAN_LIT(p, end, "\x17\x08\x44tracing")) {
		*ret = TRACE_DAT;
		return 0;
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (len >= others[i].at + others[i].len &&
		    memcmp(p + others[i].at, others[i].magic, others[i].len) ==
			    0)
			return err_set(e, ERR_FORMAT,
				       "'%s' is %s, not a trace: %s", name,
				       others[i].what, others[i].advice);
	}
	if (is_binary(p, len)) {
		if (SCAN_LIT(p, end, "# tracer:"))
			return refuse_option(name, "bin", e);
		return err_set(
			e, ERR_FORMAT,
			"'%s' is not a trace: it is neither text nor a trace.dat",
			name);
	}
	if (detect_text(name, p, end, e))
		return -(int)e->code;
	*ret = TRACE_TEXT;
	return 0;
}

bool trace_is_text(const char *p, size_t len)
{
	struct text_decoder d;

	text_decoder_init(&d, p, len);
	return len && (d.coding != DECODE_NONE || !is_binary(p, len));
}

bool trace_has_event(const char *p, size_t len)
{
	struct text_decoder d;
	struct text_found f;
	const char *end, *q;
	bool found = false;

	text_decoder_init(&d, p, len);
	if (text_decoder_take(&d, p, len, &p, &len))
		return false;
	for (end = p + len; p < end && !found; p = q) {
		q = next_line(p, end);
		found = text_find_event(p, q, &f) && f.known >= 0;
	}
	text_decoder_release(&d);
	return found;
}
