/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * audit/: the fingerprint of what an audit depends on, and the racy window.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "audit/steps.h"
#include "audit/state.h"

#define SECOND ((int64_t)1000000000)
#define STARTED (1000 * SECOND)

struct small_tree {
	struct audit_options options;
	struct audit_input in;
	struct tree_object objects[2];
	uint32_t members[2];
	struct tree_image image;
	struct tree_skip skip;
};

static void add_remark(struct small_tree *t, const char *text)
{
	struct err e;

	assert_int_equal(remarks_add(&t->in.tree.remarks, &e, "%s", text), 0);
}

static void start(struct small_tree *t)
{
	static const struct file_stamp old = { 100, SECOND, SECOND, 7, 1 };

	memset(t, 0, sizeof(*t));
	t->in.options = &t->options;
	t->in.started_ns = STARTED;
	t->objects[0] = (struct tree_object){ .path = "a.o", .stamp = old };
	t->objects[1] = (struct tree_object){ .path = "b.o", .stamp = old };
	t->members[1] = 1;
	t->image = (struct tree_image){ .path = "vmlinux",
					.name = "vmlinux",
					.present = true,
					.stamp = old,
					.members = t->members,
					.nmembers = 2 };
	t->skip = (struct tree_skip){ "x.o", "empty file" };
	t->in.tree.objects = t->objects;
	t->in.tree.nobjects = 2;
	t->in.tree.images = &t->image;
	t->in.tree.nimages = 1;
	t->in.tree.skips = &t->skip;
	t->in.tree.nskips = 1;
	add_remark(t, "lib.a is linked on demand");
	t->in.info.tree = "/tree";
	t->in.info.release = "6.1.0";
}

static bool state(const struct small_tree *t, unsigned char *ret)
{
	struct err e;
	bool racy;

	assert_int_equal(audit_state(&t->in, ret, &racy, &e), 0);
	return racy;
}

static void assert_state_is(const struct small_tree *t, bool equal)
{
	unsigned char before[AUDIT_STATE_LEN], now[AUDIT_STATE_LEN];
	struct small_tree fresh;

	start(&fresh);
	state(&fresh, before);
	assert_false(state(t, now));
	assert_int_equal(memcmp(before, now, sizeof(now)) == 0, equal);
	remarks_release(&fresh.in.tree.remarks);
}

static void test_same(void **ignored)
{
	struct small_tree t;

	(void)ignored;
	start(&t);
	/* When it is done is no part of it. */
	t.in.started_ns += SECOND;
	assert_state_is(&t, true);
	remarks_release(&t.in.tree.remarks);
}

/* Whatever an audit reads makes another state. */
static void test_each_counts(void **ignored)
{
	struct small_tree t;

	(void)ignored;
#define CHANGED(change)                                                        \
	do {                                                                   \
		start(&t);                                                     \
		change;                                                        \
		assert_state_is(&t, false);                                    \
		remarks_release(&t.in.tree.remarks);                           \
	} while (0)
	CHANGED(t.objects[1].stamp.size++);
	CHANGED(t.objects[1].stamp.mtime_ns++);
	CHANGED(t.objects[1].stamp.ctime_ns++);
	CHANGED(t.objects[1].stamp.inode++);
	CHANGED(t.objects[1].stamp.device++);
	CHANGED(t.objects[0].path = "c.o");
	CHANGED(t.objects[0].role = ROLE_UNLINKED);
	CHANGED(t.image.stamp.mtime_ns++);
	CHANGED(t.image.present = false);
	CHANGED(t.image.nmembers = 1);
	CHANGED(t.members[0] = 1; t.members[1] = 0);
	CHANGED(t.skip.reason = "not an ELF file");
	CHANGED(t.in.tree.nskips = 0);
	CHANGED(remarks_release(&t.in.tree.remarks));
	CHANGED(add_remark(&t, "another"));
	CHANGED(t.in.info.release = "6.1.1");
	CHANGED(t.in.info.release = NULL);
	CHANGED(t.in.info.commit_id = "0123");
	CHANGED(t.in.info.dirty = DIRTY_YES);
	CHANGED(t.in.info.config_hash[0]++);
	CHANGED(t.options.messages = true);
	CHANGED(t.in.additions[0]++);
#undef CHANGED
}

/* Two seconds before the audit, at their edge, a time to come. */
static void test_racy_window(void **ignored)
{
	static const struct {
		int64_t mtime_ns, ctime_ns;
		bool racy;
	} cases[] = {
		{ SECOND, SECOND, false },
		{ STARTED - 2 * SECOND - 1, SECOND, false },
		{ STARTED - 2 * SECOND, SECOND, true },
		{ SECOND, STARTED - 2 * SECOND, true },
		/* touch -d sets the one, not the other. */
		{ SECOND, STARTED - 1, true },
		{ STARTED + 3600 * SECOND, SECOND, true },
	};

	(void)ignored;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct file_stamp s = { 1, cases[i].mtime_ns, cases[i].ctime_ns,
					2, 3 };
		unsigned char out[AUDIT_STATE_LEN];
		struct small_tree t;

		assert_int_equal(audit_is_racy(STARTED, &s), cases[i].racy);
		/* One racy file of the tree, or its image, makes it racy. */
		start(&t);
		t.objects[1].stamp = s;
		assert_int_equal(state(&t, out), cases[i].racy);
		remarks_release(&t.in.tree.remarks);
		start(&t);
		t.image.stamp = s;
		assert_int_equal(state(&t, out), cases[i].racy);
		t.image.present = false;
		assert_false(state(&t, out));
		remarks_release(&t.in.tree.remarks);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same),
		cmocka_unit_test(test_each_counts),
		cmocka_unit_test(test_racy_window),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
