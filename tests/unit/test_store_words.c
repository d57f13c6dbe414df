/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words of sql/views/words.sql are those of the enums in C.  Each enum
 * has a switch without a default here: a new enumerator stops the compiler
 * until its word is written, and the test until the view has it.  And a
 * stored number without a word shows as a number, never as another word.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/alloc.h"
#include "model/layout.h"
#include "model/tree.h"
#include "message_words.h"
#include "report_fixture.h"
#include "store/trace.h"

/* More than any enum has. */
#define NUMBERS 64

static const char *kind_word(int number)
{
	switch ((enum alloc_kind)number) {
	case KIND_MALLOC:
		return "malloc";
	case KIND_CACHE:
		return "cache";
	case KIND_PAGE:
		return "page";
	case KIND_PERCPU:
		return "percpu";
	case KIND_COUNT:
		break;
	}
	return NULL;
}

static const char *ending_word(int number)
{
	switch ((enum alloc_end)number) {
	case ALLOC_FREED:
		return "freed";
	case ALLOC_IMPLICIT:
		return "implicit";
	case ALLOC_LIVE:
		return "live";
	case ALLOC_UNKNOWN:
		return "unknown";
	}
	return NULL;
}

static const char *class_word(int number)
{
	switch ((enum section_class)number) {
	case CLASS_TEXT:
		return "text";
	case CLASS_RODATA:
		return "rodata";
	case CLASS_DATA:
		return "data";
	case CLASS_BSS:
		return "bss";
	case CLASS_PERCPU:
		return "percpu";
	case CLASS_STRINGS:
		return "strings";
	case CLASS_META:
		return "meta";
	case CLASS_DEBUG:
		return "debug";
	case CLASS_COUNT:
		break;
	}
	return NULL;
}

static const char *lifetime_word(int number)
{
	switch ((enum section_lifetime)number) {
	case LIFETIME_RESIDENT:
		return "resident";
	case LIFETIME_INIT:
		return "init";
	case LIFETIME_DISCARD:
		return "discard";
	case LIFETIME_COUNT:
		break;
	}
	return NULL;
}

static const char *role_word(int number)
{
	switch ((enum object_role)number) {
	case ROLE_VMLINUX:
		return "vmlinux";
	case ROLE_MODULE:
		return "module";
	case ROLE_LINKTIME:
		return "linktime";
	case ROLE_BOOT:
		return "boot";
	case ROLE_VDSO:
		return "vdso";
	case ROLE_HOST:
		return "host";
	case ROLE_DERIVED:
		return "derived";
	case ROLE_UNLINKED:
		return "unlinked";
	case ROLE_COUNT:
		break;
	}
	return NULL;
}

static const char *image_kind_word(int number)
{
	switch ((enum image_kind)number) {
	case IMAGE_VMLINUX:
		return "vmlinux";
	case IMAGE_MODULE:
		return "module";
	case IMAGE_BOOT:
		return "boot";
	case IMAGE_VDSO:
		return "vdso";
	case IMAGE_KIND_COUNT:
		break;
	}
	return NULL;
}

static const char *layout_word(int number)
{
	switch ((enum layout_source)number) {
	case LAYOUT_NONE:
		return "none";
	case LAYOUT_MAP:
		return "map";
	case LAYOUT_SCRIPT:
		return "script";
	}
	return NULL;
}

static const char *line_word(int number)
{
	switch ((enum link_line_kind)number) {
	case LINE_OBJECTS:
		return "objects";
	case LINE_LINKTIME:
		return "linktime";
	case LINE_DISCARD:
		return "discards";
	case LINE_MERGE:
		return "merged";
	case LINE_COMMON:
		return "common";
	case LINE_FILL:
		return "fill";
	case LINE_SCRIPT:
		return "script";
	case LINE_LINKER:
		return "linker";
	case LINE_IMAGE:
		return "image";
	case LINE_UNEXPLAINED:
		return "unexplained";
	case LINE_SPAN:
		return "span";
	case LINE_INIT:
		return "init";
	case LINE_KIND_COUNT:
		break;
	}
	return NULL;
}

static const char *state_word(int number)
{
	switch ((enum site_state)number) {
	case SITE_NO_CALLER:
		return "none";
	case SITE_OBJECT:
		return "object";
	case SITE_AMBIGUOUS:
		return "ambiguous";
	case SITE_UNKNOWN:
		return "unknown";
	case SITE_NO_OBJECT:
		return "no-object";
	case SITE_NO_BUILD:
		return "no-build";
	}
	return NULL;
}

static const char *build_choice_word(int number)
{
	switch ((enum build_choice)number) {
	case BUILD_NONE:
		return "none";
	case BUILD_BY_ID:
		return "build-id";
	case BUILD_NAMED:
		return "named";
	case BUILD_NEWEST:
		return "newest";
	}
	return NULL;
}

static const char *format_word(int number)
{
	switch ((enum trace_format)number) {
	case TRACE_AUTO: /* never stored */
		break;
	case TRACE_TEXT:
		return "text";
	case TRACE_DAT:
		return "dat";
	}
	return NULL;
}

static const char *clock_word(int number)
{
	switch ((enum trace_clock)number) {
	case TRACE_CLOCK_NS:
		return "ns";
	case TRACE_CLOCK_TICKS:
		return "ticks";
	case TRACE_CLOCK_NONE:
		return "none";
	}
	return NULL;
}

static const char *boot_part_word(int number)
{
	switch ((enum boot_file_part)number) {
	case BOOT_FILE_IMAGE:
		return "image";
	case BOOT_FILE_PAYLOAD:
		return "payload";
	case BOOT_FILE_PART_COUNT:
		break;
	}
	return NULL;
}

static const char *packing_word(int number)
{
	switch ((enum boot_packing)number) {
	case PACKING_UNKNOWN:
		return "unknown";
	case PACKING_NONE:
		return "none";
	case PACKING_GZIP:
		return "gzip";
	case PACKING_BZIP2:
		return "bzip2";
	case PACKING_LZMA:
		return "lzma";
	case PACKING_XZ:
		return "xz";
	case PACKING_LZO:
		return "lzo";
	case PACKING_LZ4:
		return "lz4";
	case PACKING_ZSTD:
		return "zstd";
	case PACKING_COUNT:
		break;
	}
	return NULL;
}

static const struct list {
	const char *name;
	const char *(*word)(int number);
} lists[] = {
	{ "kind", kind_word },		 { "ending", ending_word },
	{ "class", class_word },	 { "lifetime", lifetime_word },
	{ "role", role_word },		 { "image_kind", image_kind_word },
	{ "layout", layout_word },	 { "line", line_word },
	{ "state", state_word },	 { "build_choice", build_choice_word },
	{ "format", format_word },	 { "clock", clock_word },
	{ "boot_part", boot_part_word }, { "packing", packing_word },
	{ "verdict", verdict_word },	 { "confidence", confidence_word },
	{ "level", level_word },	 { "known_role", known_role_word },
	{ "failure", failure_word },
};
#define NLISTS (sizeof(lists) / sizeof(lists[0]))

static int setup(void **state)
{
	return report_setup(state, "trace.sql");
}

/* The one cell of a query, as text; "NULL" where it has none. */
static void ask(sqlite3 *db, const char *sql, char *ret, size_t size)
{
	sqlite3_stmt *st = NULL;
	const unsigned char *text = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	if (sqlite3_step(st) == SQLITE_ROW)
		text = sqlite3_column_text(st, 0);
	snprintf(ret, size, "%s", text ? (const char *)text : "NULL");
	sqlite3_finalize(st);
}

static void check_number(sqlite3 *db, const struct list *l, int number)
{
	const char *want = l->word(number);
	char sql[160], found[80];

	snprintf(sql, sizeof(sql),
		 "SELECT word FROM words WHERE list = '%s' AND number = %d",
		 l->name, number);
	ask(db, sql, found, sizeof(found));
	if (strcmp(found, want ? want : "NULL") != 0)
		fail_msg("%s %d is '%s' in words.sql, '%s' in C", l->name,
			 number, found, want ? want : "nothing");
}

static void test_words(void **state)
{
	struct report_fixture *f = *state;
	char found[80];

	for (size_t i = 0; i < NLISTS; i++)
		for (int n = 0; n < NUMBERS; n++)
			check_number(f->d->db, &lists[i], n);
	/* No list without an enum, no number twice. */
	ask(f->d->db, "SELECT count(DISTINCT list) FROM words", found,
	    sizeof(found));
	assert_int_equal(atoi(found), NLISTS);
	ask(f->d->db,
	    "SELECT list FROM words GROUP BY list, number HAVING count(*) > 1",
	    found, sizeof(found));
	assert_string_equal(found, "NULL");
}

/* A program of tomorrow has stored a number that nobody here knows. */
static void test_unknown(void **state)
{
	static const char *const cases[][2] = {
		{ "SELECT kind FROM rollups WHERE total_bytes = 192",
		  "kind 99" },
		{ "SELECT kind FROM site_sums WHERE total_bytes = 192",
		  "kind 99" },
		{ "SELECT kind FROM trace_kinds WHERE total_bytes = 192",
		  "kind 99" },
		{ "SELECT kind FROM shapes WHERE shape = 2", "kind 99" },
		{ "SELECT kind FROM live_sizes WHERE bytes_req = 58",
		  "kind 99" },
		{ "SELECT kind FROM allocations WHERE allocation = 15",
		  "kind 99" },
		{ "SELECT ending FROM allocations WHERE allocation = 15",
		  "ending 99" },
		{ "SELECT kind FROM images", "image_kind 99" },
		{ "SELECT kind FROM members", "image_kind 99" },
		{ "SELECT layout FROM images", "layout 99" },
		{ "SELECT role FROM objects WHERE path_id = 1", "role 99" },
		{ "SELECT state FROM sites WHERE trace = 1 AND site = 1",
		  "state 99" },
		{ "SELECT build_choice FROM traces WHERE trace = 1",
		  "build_choice 99" },
		{ "SELECT format FROM traces WHERE trace = 1", "format 99" },
		{ "SELECT clock FROM traces WHERE trace = 1", "clock 99" },
		{ "SELECT class FROM sections", "class 99" },
		{ "SELECT class FROM image_sections", "class 99" },
		{ "SELECT lifetime FROM placements", "lifetime 99" },
		{ "SELECT line FROM link_lines", "line 99" },
		/* No image of that kind has leaves; 'all' has the rest. */
		{ "SELECT count(*) FROM leaves WHERE image = 'vmlinux'", "0" },
		{ "SELECT count(*) FROM leaves WHERE image = 'all'", "6" },
	};
	char found[80];
	sqlite3 *db;

	(void)state;
	assert_int_equal(sqlite3_open(":memory:", &db), 0);
	assert_int_equal(report_run_files(db, "schema/current.sql"), 0);
	assert_int_equal(report_run_files(db, "views/"), 0);
	assert_int_equal(report_load(db, "trace.sql"), 0);
	assert_int_equal(report_load(db, "unknown-numbers.sql"), 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		ask(db, cases[i][0], found, sizeof(found));
		if (strcmp(found, cases[i][1]) != 0)
			fail_msg("%s: '%s', not '%s'", cases[i][0], found,
				 cases[i][1]);
	}
	sqlite3_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_unknown),
	};

	return cmocka_run_group_tests(tests, setup, report_teardown);
}
