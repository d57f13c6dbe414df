/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The readers of .cmd files, .mod files, modules.order, and of paths.
 */
#include "kbuild_fixture.h"

#include "kbuild/savedcmd.h"
#include "kbuild/modfile.h"
#include "kbuild/path.h"

static char text[8192];

static const char *command_of(const char *file)
{
	const char *command;
	size_t len;

	if (!savedcmd_find(file, strlen(file), &command, &len))
		return "none";
	snprintf(text, sizeof(text), "%.*s", (int)len, command);
	return text;
}

static void first_line(void **state)
{
	(void)state;
	assert_string_equal(command_of("cmd_a.o := gcc -c a.c\n\ndeps := x\n"),
			    " gcc -c a.c");
	assert_string_equal(command_of("savedcmd_a.o := gcc a.c"), " gcc a.c");
	assert_string_equal(command_of("cmd_a.o := gcc \\\n -c a.c\nx\n"),
			    " gcc \\\n -c a.c");
	assert_string_equal(command_of("cmd_a.o := gcc \\\n"), " gcc \\\n");
	assert_string_equal(command_of("cmd_a.o :="), "");
	assert_string_equal(command_of(""), "none");
	assert_string_equal(command_of("\ncmd := x"), "none");
	assert_string_equal(command_of("no assignment\nx := y\n"), "none");
}

static const char *words_of(const char *command)
{
	static struct savedcmd_reader r;
	enum savedcmd_token t;
	size_t n = 0;

	text[0] = '\0';
	savedcmd_start(&r, command, strlen(command));
	while ((t = savedcmd_next(&r)) != SAVEDCMD_END)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s",
				      t == SAVEDCMD_WORD ? "[" : ";"),
			n += (size_t)(t == SAVEDCMD_WORD
					      ? snprintf(text + n,
							 sizeof(text) - n,
							 "%s]", r.word)
					      : 0);
	return text;
}

static void words(void **state)
{
	(void)state;
	assert_string_equal(words_of(" a  b\tc"), "[a][b][c]");
	assert_string_equal(words_of("a;b && c | (d)"), "[a];[b];;[c];;[d];");
	assert_string_equal(words_of("'a b'c \"d\\\"e\" f\\ g"),
			    "[a bc][d\"e][f g]");
	assert_string_equal(words_of("a \\\n b"), "[a][b]");
	assert_string_equal(words_of("'never closed"), "[never closed]");
	assert_string_equal(words_of("\"never closed\\"), "[never closed\\]");
	assert_string_equal(words_of("end\\"), "[end\\]");
	assert_string_equal(words_of("''"), "[]");
	/* The shell knows no escapes in single quotes. */
	assert_string_equal(words_of("'a\\' b"), "[a\\][b]");
}

static void too_long_a_word_is_dropped(void **state)
{
	static char command[2 * SAVEDCMD_WORD_ROOM];

	(void)state;
	memset(command, 'x', sizeof(command) - 1);
	command[0] = 'a';
	command[1] = ' ';
	command[SAVEDCMD_WORD_ROOM + 10] = ' ';
	command[SAVEDCMD_WORD_ROOM + 12] = '\0';
	assert_string_equal(words_of(command), "[a][x]");
}

static enum savedcmd_kind kind(const char *command)
{
	return savedcmd_kind(command, strlen(command));
}

static void kinds(void **state)
{
	(void)state;
	assert_int_equal(kind("ld -m elf_x86_64 a.o -o b"), SAVEDCMD_LINK);
	assert_int_equal(kind("/usr/bin/arm-linux-gnueabihf-ld.bfd a.o"),
			 SAVEDCMD_LINK);
	assert_int_equal(kind("ld.lld-14 a.o -o b"), SAVEDCMD_LINK);
	assert_int_equal(kind("ld -r -o b.o a.o"), SAVEDCMD_RELOCATE);
	assert_int_equal(kind("ld -m x -r -o b.o @b.mod "), SAVEDCMD_RELOCATE);
	assert_int_equal(kind("llvm-objcopy --prefix=x a.o b.o"),
			 SAVEDCMD_CONVERT);
	assert_int_equal(kind("strip --strip-debug -o b.o a.o"),
			 SAVEDCMD_CONVERT);
	assert_int_equal(kind("rm -f b; ld a.o -o b && true"), SAVEDCMD_LINK);
	assert_int_equal(kind("LC_ALL=C ld a.o -o b"), SAVEDCMD_LINK);
	assert_int_equal(kind("gcc -nostdlib -shared -o vdso.so a.o"),
			 SAVEDCMD_LINK);
	assert_int_equal(kind("gcc -o prog a.o"), SAVEDCMD_OTHER);
	assert_int_equal(kind("gcc -c -o a.o a.c"), SAVEDCMD_OTHER);
	assert_int_equal(kind("ar cDPrST b.a a.o"), SAVEDCMD_OTHER);
	assert_int_equal(kind("ld -r -o b"), SAVEDCMD_OTHER);
	assert_int_equal(kind("sold a.o; buildld a.o"), SAVEDCMD_OTHER);
	assert_int_equal(kind(""), SAVEDCMD_OTHER);
}

static int collect(void *arg, const struct savedcmd_input *in)
{
	size_t *n = arg;

	*n += (size_t)snprintf(text + *n, sizeof(text) - *n, "%s%s%.*s",
			       in->list ? "@" : "",
			       in->whole_archive ? "+" : "", (int)in->len,
			       in->name);
	text[(*n)++] = ' ';
	text[*n] = '\0';
	return 0;
}

static const char *inputs(const char *command)
{
	size_t n = 0;

	text[0] = '\0';
	assert_int_equal(savedcmd_inputs(command, strlen(command), collect, &n),
			 0);
	return text;
}

static void inputs_of_a_link(void **state)
{
	(void)state;
	assert_string_equal(
		inputs("ld -T x.lds -o out.o a.o 'b.o' --script=c.o d.a"),
		"a.o b.o d.a ");
	assert_string_equal(inputs("ld -r -o f.o @f.mod ; ./objtool f.o"),
			    "@f.mod ");
	assert_string_equal(
		inputs("ld -r -o vmlinux.o --whole-archive vmlinux.a --no-whole-archive --start-group lib/lib.a arch/x86/lib/lib.a --end-group"),
		"+vmlinux.a lib/lib.a arch/x86/lib/lib.a ");
	assert_string_equal(inputs("echo a.o; ld b.o -o x; echo c.o"), "b.o ");
	assert_string_equal(inputs("gcc -c -o a.o a.c"), "");
}

static void compiled_for(void **state)
{
	static const char target[] = "gcc -I. -D__KERNEL__ -c -o a.o a.c",
			  boot[] = "gcc -nostdinc -c -o a.o a.c",
			  host[] = "gcc -Wall -c -o a.o a.c";

	(void)state;
	assert_true(savedcmd_for_target(target, strlen(target)));
	assert_true(savedcmd_for_target(boot, strlen(boot)));
	assert_false(savedcmd_for_target(host, strlen(host)));
}

static const char *list(const char *file, bool order)
{
	struct mod_reader r;
	size_t n = 0;

	text[0] = '\0';
	mod_start(&r, file, strlen(file));
	while (order ? order_next(&r) : mod_next(&r))
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%.*s ",
				      (int)r.len, r.word);
	return text;
}

static void mod_files(void **state)
{
	(void)state;
	assert_string_equal(list("fs/a.o\nfs/b.o\n", false), "fs/a.o fs/b.o ");
	assert_string_equal(list("fs/a.o fs/b.o \n sym1 sym2\n", false),
			    "fs/a.o fs/b.o ");
	assert_string_equal(list("fs/a.ko\r\nfs/a.o", false), "fs/a.o ");
	assert_string_equal(list("", false), "");
	assert_string_equal(list("fs/a.ko\nfs/b.o\n.ko\nx\n\n", true),
			    "fs/a fs/b ");
}

static const char *resolved(const char *dir, const char *name)
{
	static char path[PATH_ROOM];
	enum path_result r = path_resolve("/tree", dir, strlen(dir), name,
					  strlen(name), path);

	return r == PATH_OK ? path : r == PATH_CLIMBS ? "climbs" : "bad";
}

static void paths(void **state)
{
	static char name[PATH_ROOM + 10];

	(void)state;
	assert_string_equal(resolved("", "a.o"), "a.o");
	assert_string_equal(resolved("", "./a//b/./c.o"), "a/b/c.o");
	assert_string_equal(resolved("arch/x86", "../../lib/a.o"), "lib/a.o");
	assert_string_equal(resolved("arch/x86", "../a.o"), "arch/a.o");
	assert_string_equal(resolved("arch/x86", "../../../a.o"), "climbs");
	assert_string_equal(resolved("", "../a.o"), "climbs");
	assert_string_equal(resolved("", "a/../../a.o"), "climbs");
	assert_string_equal(resolved("x", "/tree/a.o"), "a.o");
	assert_string_equal(resolved("x", "/tree/../etc/a.o"), "climbs");
	assert_string_equal(resolved("x", "/treetop/a.o"), "climbs");
	assert_string_equal(resolved("x", "/etc/passwd"), "climbs");
	assert_string_equal(resolved("x", ".."), "bad");
	assert_string_equal(resolved("", ""), "bad");
	assert_string_equal(resolved("", "a\n'\"\033[1m\377.o"),
			    "a\n'\"\033[1m\377.o");
	memset(name, 'n', sizeof(name) - 1);
	assert_string_equal(resolved("", name), "bad");
	name[PATH_ROOM - 2] = '\0';
	assert_string_equal(resolved("dir", name), "bad");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_line),
		cmocka_unit_test(words),
		cmocka_unit_test(too_long_a_word_is_dropped),
		cmocka_unit_test(kinds),
		cmocka_unit_test(inputs_of_a_link),
		cmocka_unit_test(compiled_for),
		cmocka_unit_test(mod_files),
		cmocka_unit_test(paths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
