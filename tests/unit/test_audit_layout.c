/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * audit/: when a layout is in doubt, what a section's placement is then, and
 * which members are left when the symbols have spoken.
 */
#include "link_fixture.h"

#include <stdio.h>

#include "audit/steps.h"
#include "audit/layout.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* ---- 0.1 % ---- */

static void test_doubt(void **state)
{
	static const struct {
		int64_t image, unexplained;
		bool doubtful;
	} cases[] = {
		{ 1000000, 0, false },	  { 1000000, 1000, false },
		{ 1000000, 1001, true },  { 1000000, -1000, false },
		{ 1000000, -1001, true }, { 1000999, 1000, false },
		{ 1000999, 1001, true },  { 999, 0, false },
		{ 999, 1, true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct link_line lines[] = {
			{ LINE_OBJECTS, "", 12345678, 0 },
			{ LINE_IMAGE, "", cases[i].image, 0 },
			{ LINE_UNEXPLAINED, "", cases[i].unexplained, 0 },
			{ LINE_SPAN, "", 7, 0 },
		};
		struct layout l = { .lines = lines, .nlines = COUNT(lines) };
		int64_t unexplained = -7, image = -7;

		assert_int_equal(layout_is_doubtful(&l, &unexplained, &image),
				 cases[i].doubtful);
		assert_int_equal(unexplained, cases[i].unexplained);
		assert_int_equal(image, cases[i].image);
	}
}

/* ---- placements ---- */

static const char *const names[] = { ".text", ".init.text", ".exitcall.exit",
				     ".data" };

static void make_record(struct fixture_object *o)
{
	memset(o, 0, sizeof(*o));
	o->record.sections = o->sections;
	for (size_t i = 0; i < COUNT(names); i++)
		link_section(o, names[i], 0, 4, 1)->cls = CLASS_TEXT;
}

static void assert_placements(const char **outputs,
			      const unsigned char *lifetimes,
			      const char *expected)
{
	char got[256] = "";

	for (size_t i = 0; i < COUNT(names); i++) {
		size_t len = strlen(got);

		snprintf(got + len, sizeof(got) - len, "%s%s:%c",
			 len ? " " : "", outputs[i] ? outputs[i] : "-",
			 "rid"[lifetimes[i]]);
	}
	assert_string_equal(got, expected);
}

static void test_placements(void **state)
{
	static const struct placement p[] = {
		{ .section = 0, .output = 1, .lifetime = LIFETIME_RESIDENT },
		{ .section = 1,
		  .output = PLACED_NOWHERE,
		  .lifetime = LIFETIME_DISCARD },
		/* An image may keep by place what a name would discard. */
		{ .section = 2, .output = 0, .lifetime = LIFETIME_INIT },
		/* A section that the record has not. */
		{ .section = 4, .output = 0, .lifetime = LIFETIME_INIT },
	};
	const char *outputs[COUNT(names)];
	unsigned char lifetimes[COUNT(names)];
	struct fixture_object o, image;
	struct laid_out l = { .have_layout = true };

	(void)state;
	make_record(&o);
	make_record(&image);
	placements_by_place(&l, &image.record, &o.record, p, COUNT(p), outputs,
			    lifetimes);
	assert_placements(outputs, lifetimes, ".init.text:r -:d .text:i -:d");
	/* In doubt: what has no place is judged by its name. */
	l.doubtful = true;
	placements_by_place(&l, &image.record, &o.record, p, COUNT(p), outputs,
			    lifetimes);
	assert_placements(outputs, lifetimes,
			  ".init.text:r .init.text:i .text:i .data:r");
	placements_by_name(&o.record, false, outputs, lifetimes);
	assert_placements(outputs, lifetimes,
			  ".text:r .init.text:i -:d .data:r");
}

/* ---- members ---- */

struct linked {
	struct link_fixture f;
	struct audit_input in;
	struct audit_options options;
	struct tree_object objects[3];
	uint32_t members[3];
	struct tree_image image;
	struct measured_object measured[3];
	struct measured m;
	struct laid_out l;
};

/* a.o is certain; b.o and c.o are members of a lib.a. */
static void start(struct linked *x)
{
	static const char *const paths[] = { "a.o", "lib/b.o", "lib/c.o" };

	memset(x, 0, sizeof(*x));
	link_start(&x->f);
	x->image = (struct tree_image){ .path = "vmlinux",
					.name = "vmlinux",
					.present = true,
					.members = x->members,
					.nmembers = 3 };
	for (uint32_t i = 0; i < 3; i++) {
		struct fixture_object *o = link_object(&x->f, paths[i]);

		link_section(o, ".text", 0, 16, 1);
		link_global(o, paths[i], 0, 0);
		x->members[i] = i;
		x->objects[i] = (struct tree_object){
			.path = paths[i],
			.role = ROLE_VMLINUX,
			.lib_member = i > 0,
		};
		x->measured[i] = (struct measured_object){ .record = o->record,
							   .have_record = true,
							   .keep = true };
	}
	link_section(&x->f.image, ".text", 0x1000, 32, 1);
	link_global(&x->f.image, "a.o", 0, 0x1000);
	link_global(&x->f.image, "lib/c.o", 0, 0x1010);
	x->m = (struct measured){ .objects = x->measured,
				  .nobjects = 3,
				  .vmlinux = x->f.image.record,
				  .have_vmlinux = true };
	x->in.options = &x->options;
	x->in.root = -1;
	x->in.tree.objects = x->objects;
	x->in.tree.nobjects = 3;
	x->in.tree.images = &x->image;
	x->in.tree.nimages = 1;
}

static void finish(struct linked *x)
{
	layout_release(&x->l.layout);
	tree_release(&x->in.tree);
}

static bool remarked(const struct linked *x, const char *words)
{
	for (size_t i = 0; i < remarks_count(&x->in.tree.remarks); i++)
		if (strstr(remarks_text(&x->in.tree.remarks, i), words))
			return true;
	return false;
}

static void test_members(void **state)
{
	struct linked x;

	(void)state;
	start(&x);
	assert_int_equal(lay_out(&x.in, &x.m, &x.l, &x.f.err), 0);
	assert_int_equal(x.image.nmembers, 2);
	assert_int_equal(x.members[0], 0);
	assert_int_equal(x.members[1], 2);
	assert_int_equal(x.objects[1].role, ROLE_UNLINKED);
	assert_int_equal(x.objects[2].role, ROLE_VMLINUX);
	/* Inputs are the members that are left. */
	assert_true(x.l.have_layout);
	assert_int_equal(x.l.layout.nplacements, 2);
	assert_int_equal(x.l.layout.placements[1].addr, 0x1010);
	assert_int_equal(x.l.layout.checked, 2);
	assert_int_equal(remarks_count(&x.in.tree.remarks), 0);
	finish(&x);
}

/* One of a list that could not be read is a member, and missed. */
static void test_unread(void **state)
{
	struct linked x;

	(void)state;
	start(&x);
	x.measured[2].have_record = false;
	x.measured[2].failed = ERR_FORMAT;
	assert_int_equal(lay_out(&x.in, &x.m, &x.l, &x.f.err), 0);
	assert_int_equal(x.image.nmembers, 2);
	assert_int_equal(x.l.layout.nplacements, 1);
	assert_true(remarked(&x, "1 of 2 objects of vmlinux could not be"));
	/* Its 16 bytes are half of the image. */
	assert_true(x.l.doubtful);
	assert_true(remarked(&x, "16 of vmlinux's 32 bytes are unexplained"));
	finish(&x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_doubt),
		cmocka_unit_test(test_placements),
		cmocka_unit_test(test_members),
		cmocka_unit_test(test_unread),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
