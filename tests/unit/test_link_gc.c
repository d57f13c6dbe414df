/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * link/: what --gc-sections drops, against the linkers: objects with random
 * references, whose sections mostly have no symbol that the image keeps, and
 * each has a name of its own.
 */
#include "link_files.h"
#include "link_fixture.h"

#define OBJECTS 12
#define SECTIONS 9
#define ROUNDS 5

struct collection {
	char dir[64];
	struct object_record records[OBJECTS], image;
	struct link_input inputs[OBJECTS];
	char paths[OBJECTS][16];
};

static const char script[] =
	"ENTRY(start)\nEXTERN(wanted)\nSECTIONS\n{\n . = 0x400000;\n"
	" .text : { *(.text .text.*) }\n"
	" .data : { *(.data .data.*) KEEP(*(.keep.*)) *(.retained.*) }\n"
	" order : { *(.order.*) }\n"
	" set : { *(set) }\n .notes : { *(.note.*) }\n"
	" by_script = named;\n"
	" /DISCARD/ : { *(.gone.*) *(.note.GNU-stack) *(.note.gnu.property) }\n}\n";

/* The same numbers each time. */
static unsigned int seed;
static unsigned int next(unsigned int below)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % below;
}

static const struct {
	const char *name, *flags;
} kinds[] = {
	{ "text", "\"ax\",%progbits" },
	{ "text", "\"ax\",%progbits" },
	{ "data", "\"aw\",%progbits" },
	{ "data", "\"aw\",%progbits" },
	{ "keep", "\"aw\",%progbits" },
	{ "gone", "\"aw\",%progbits" },
	{ "retained", "\"awR\",%progbits" },
	{ "text", "\"axG\",%progbits,group" },
	{ "note", "\"a\",%note" },
};
#define NKINDS (sizeof(kinds) / sizeof(*kinds))

/* Plain sections are the rule: each of the others keeps much alive. */
static unsigned int pick_kind(int section)
{
	unsigned int n = next(40);

	if (section == 0)
		return 0;
	return n < NKINDS && (n != 8 || next(4) == 0) ? n : n % 4;
}

static void put_references(FILE *f, int object)
{
	for (unsigned int n = next(3); n; n--) {
		switch (next(9)) {
		case 0:
		case 1:
			fprintf(f, " .long l%u\n", next(SECTIONS));
			break;
		case 2:
			fprintf(f, " .long weak%u\n", next(4));
			break;
		case 3:
			/* An addend of a section symbol. */
			fprintf(f, " .long l%u + 4\n", next(SECTIONS));
			break;
		default:
			fprintf(f, " .long g%u_%u\n",
				next(4) ? next(OBJECTS) : (unsigned int)object,
				next(SECTIONS));
		}
	}
}

static void put_object(FILE *f, int object)
{
	for (int k = 0; k < SECTIONS; k++) {
		unsigned int kind = pick_kind(k);

		fprintf(f, ".section .%s.%d_%d,%s\nl%d:\n", kinds[kind].name,
			object, k, kinds[kind].flags, k);
		if (next(2))
			fprintf(f, ".globl g%d_%d\ng%d_%d:\n", object, k,
				object, k);
		/* Weak: several objects define each. */
		if (k == object % SECTIONS && object != 5)
			fprintf(f, ".weak weak%d\nweak%d:\n", object % 4,
				object % 4);
		fprintf(f, " .long %d\n", k);
		put_references(f, object);
		/* Kept where the section is that it is about, which is all
		 * that it refers to.  (ld looks at these once and last: what
		 * they alone lead to depends on the order of the files.) */
		if (kind != 5 && next(8) == 0)
			fprintf(f,
				".section .order.%d_%d,\"ao\",%%progbits,l%d\n"
				" .long l%d\n",
				object, k, k, k);
	}
	if (object == 0)
		fprintf(f, ".section .text.start,\"ax\"\n.globl start\n"
			   "start: .long g1_1, __start_set\n"
			   ".section .text.wanted,\"ax\"\n.globl wanted\n"
			   "wanted: .long weak1\n"
			   ".section .data.named,\"aw\"\n.globl named\n"
			   "named: .long g2_2\n");
	/* Stronger than the one that comes first. */
	if (object == 5)
		fprintf(f, ".section .text.strong,\"ax\"\n.globl weak1\n"
			   "weak1: .long l3\n");
	if (object == 7)
		fprintf(f, ".section set,\"aw\"\n .long l1\n");
}

static void run(const char *dir, const char *command)
{
	char text[512];

	snprintf(text, sizeof(text), "cd %s && %s", dir, command);
	assert_int_equal(system(text), 0);
}

static void build(struct collection *c, const char *link)
{
	struct err e;
	FILE *f;

	memset(c, 0, sizeof(*c));
	strcpy(c->dir, "/tmp/kmemdb-gc-XXXXXX");
	assert_non_null(mkdtemp(c->dir));
	assert_int_equal(elf_object_init(&e), 0);
	f = open_file(c->dir, "script", "w");
	fputs(script, f);
	fclose(f);
	for (int i = 0; i < OBJECTS; i++) {
		char name[64];

		snprintf(name, sizeof(name), "%d.s", i);
		f = open_file(c->dir, name, "w");
		put_object(f, i);
		fclose(f);
		snprintf(name, sizeof(name), "as -o %d.o %d.s", i, i);
		run(c->dir, name);
		snprintf(c->paths[i], sizeof(c->paths[i]), "%d.o", i);
		read_record(c->dir, c->paths[i],
			    ELF_WANT_SYMBOLS | ELF_WANT_REFERENCES,
			    &c->records[i]);
		assert_true(c->records[i].references_known);
		c->inputs[i] = (struct link_input){
			.path = c->paths[i],
			.record = &c->records[i],
		};
	}
	run(c->dir, link);
	read_record(c->dir, "image", ELF_WANT_SYMBOLS, &c->image);
}

static void release(struct collection *c)
{
	for (int i = 0; i < OBJECTS; i++)
		object_record_release(&c->records[i]);
	object_record_release(&c->image);
	if (strncmp(c->dir, "/tmp/kmemdb-gc-", 15) == 0) {
		char command[128];

		snprintf(command, sizeof(command), "rm -r %s", c->dir);
		assert_int_equal(system(command), 0);
	}
}

/* What the linker says that it removed: "path:(section)" or "(section)". */
static int was_removed(const char *removed, const char *path,
		       const char *section)
{
	char want[128];

	snprintf(want, sizeof(want), "%s:(%s)", path, section);
	return strstr(removed, want) != NULL;
}

/* GNU ld: "ld: removing unused section '.text.1_2[group]' in file '1.o'"; lld:
 * "removing unused section 1.o:(.text.1_2)". */
static char *read_removed(const char *dir)
{
	FILE *in = open_file(dir, "removed", "r");
	char *all = calloc(1, 1 << 20);
	char line[512], section[128], path[128];

	assert_non_null(all);
	while (fgets(line, sizeof(line), in)) {
		char *at = strstr(line, "removing unused section ");
		char *quote;

		if (!at)
			continue;
		at += strlen("removing unused section ");
		quote = strchr(at, '\'');
		if (!quote) {
			strcat(all, at);
			continue;
		}
		at = quote + 1;
		snprintf(section, sizeof(section), "%.*s",
			 (int)strcspn(at, "['"), at);
		at = strstr(at, "in file '");
		assert_non_null(at);
		at += strlen("in file '");
		snprintf(path, sizeof(path), "%.*s", (int)strcspn(at, "'"), at);
		sprintf(all + strlen(all), "%s:(%s)\n", path, section);
	}
	fclose(in);
	return all;
}

static void compare(const struct collection *c, const char *removed,
		    size_t *there, size_t *gone)
{
	struct link_job job = {
		.inputs = c->inputs,
		.ninputs = OBJECTS,
		.image = &c->image,
		.script = script,
		.script_len = sizeof(script) - 1,
		.gc_sections = true,
	};
	struct layout l;
	struct err e;

	if (link_layout_compute(&job, &l, &e))
		fail_msg("%s", e.text);
	for (size_t i = 0; i < l.nplacements; i++) {
		const struct placement *p = &l.placements[i];
		const char *path = c->inputs[p->input].path;
		const struct obj_section *s =
			&c->inputs[p->input].record->sections[p->section];

		if (strncmp(s->name, ".gone", 5) == 0 || !s->size)
			continue;
		if ((p->output == PLACED_NOWHERE) !=
		    was_removed(removed, path, s->name))
			fail_msg("%s(%s): %s here, %s there", path, s->name,
				 p->output == PLACED_NOWHERE ? "gone" : "kept",
				 was_removed(removed, path, s->name) ? "gone"
								     : "kept");
		*(p->output == PLACED_NOWHERE ? gone : there) += 1;
	}
	for (size_t i = 0; i < l.nlines; i++)
		if (l.lines[i].kind == LINE_UNEXPLAINED)
			assert_int_equal(l.lines[i].bytes, 0);
	layout_release(&l);
}

static void check(const char *tool, const char *link)
{
	size_t there = 0, gone = 0;

	if (!assemble_have("as") || !assemble_have(tool))
		skip();
	for (unsigned int round = 1; round <= ROUNDS; round++) {
		struct collection c;
		char *removed;

		seed = round;
		build(&c, link);
		removed = read_removed(c.dir);
		compare(&c, removed, &there, &gone);
		free(removed);
		release(&c);
	}
	assert_in_range(there, 50, SIZE_MAX);
	assert_in_range(gone, 50, SIZE_MAX);
}

/* Undefined symbols are a part of the game. */
static void test_gnu_ld(void **state)
{
	(void)state;
	check("ld",
	      "ld -T script --gc-sections --print-gc-sections --unresolved-symbols=ignore-all --noinhibit-exec --no-warn-rwx-segments -o image [0-9].o 10.o 11.o 2>removed");
}

static void test_lld(void **state)
{
	(void)state;
	check("ld.lld",
	      "ld.lld -T script --gc-sections --print-gc-sections --unresolved-symbols=ignore-all --noinhibit-exec -o image [0-9].o 10.o 11.o >removed");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_gnu_ld),
		cmocka_unit_test(test_lld),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
