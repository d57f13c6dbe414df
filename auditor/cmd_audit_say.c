/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_audit_say.h"

#include <inttypes.h>

#include "render/diag.h"
#include "support/progress.h"

static const char *layout_text(const struct audit_result *r)
{
	if (r->linked_only)
		return "its own addresses";
	switch (r->layout) {
	case LAYOUT_MAP:
		return "linker map read";
	case LAYOUT_SCRIPT:
		return "linker script replayed";
	case LAYOUT_NONE:
		break;
	}
	return "by names alone";
}

static void say_sizes(const struct audit_result *r)
{
	diag("  %zu objects in vmlinux, %zu in %zu modules, %zu others\n",
	     r->vmlinux_objects, r->module_objects, r->modules,
	     r->objects - r->vmlinux_objects - r->module_objects);
	if (!r->have_vmlinux)
		return;
	diag("  vmlinux: %" PRIu64 " text, %" PRIu64 " data, %" PRIu64
	     " bss bytes; layout: %s; %zu of %zu symbol addresses match\n",
	     r->text, r->data, r->bss, layout_text(r), r->agreed, r->checked);
}

/* The first differences; all of them are caveats of the build. */
#define SHOWN 20

static void say_verified(const struct verify_result *v)
{
	diag("  verified against libbfd: %zu of %zu objects, %zu symbols\n",
	     v->agreed, v->objects, v->symbols);
	if (v->unsized)
		diag("  note: libbfd did not tell the sizes of symbols in %zu objects\n",
		     v->unsized);
	for (size_t i = 0; i < v->ndifferences && i < SHOWN; i++)
		diag("  differs: %s\n", v->differences[i].text);
	if (v->ndifferences > SHOWN)
		diag("  and %zu more: kmemdb query caveats\n",
		     v->ndifferences - SHOWN);
}

void audit_say(const struct audit_result *r, const char *db, bool full)
{
	double seconds = (double)(clock_real_ns() - r->started_ns) / 1e9;

	diag("kmemdb: build %" PRId64 " in %s: %s%s%s%s%.12s\n", r->build, db,
	     r->release ? r->release : "unknown release", r->arch ? " " : "",
	     r->arch ? r->arch : "", r->commit_id ? " at " : "",
	     r->commit_id ? r->commit_id : "");
	if (r->unchanged && !full) {
		diag("  nothing changed since the last audit");
		if (r->opened)
			diag(": %zu objects opened again, all equal",
			     r->opened);
		diag(" (%.2f s)\n", seconds);
		if (r->verified.objects || r->verified.ndifferences)
			say_verified(&r->verified);
		return;
	}
	say_sizes(r);
	for (size_t i = 0; i < remarks_count(&r->remarks); i++)
		diag("  note: %s\n", remarks_text(&r->remarks, i));
	if (r->unchanged)
		diag("  nothing changed since the last audit\n");
	diag("  %zu objects opened, %zu unchanged (stat cache), %zu skipped (%.2f s)\n",
	     r->opened, r->objects - r->opened, r->skipped, seconds);
	if (r->skipped)
		diag("  kmemdb query skipped says what and why\n");
	if (r->verified.objects || r->verified.ndifferences)
		say_verified(&r->verified);
}
