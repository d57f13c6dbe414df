/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/kaslr.h"

#include <inttypes.h>
#include <stdlib.h>

#include "import/read_file.h"
#include "symbols/resolve.h"
#include "symbols/kallsyms_names.h"
#include "symbols/kallsyms.h"
#include "symbols/kaslr.h"

/* A distribution's kallsyms is 10 MB. */
#define KALLSYMS_MAX ((size_t)256 * 1024 * 1024)

/* ---- the list ---- */

/* Names for addresses that came without one. */
static int name_addresses(struct running_kernel *k, const struct trace_names *n,
			  struct err *e)
{
	k->names = calloc(n->sites.count + 1, sizeof(*k->names));
	if (!k->names)
		return err_nomem(e);
	for (uint32_t i = 1; i < n->sites.count; i++) {
		struct trace_site s = trace_names_site(n, i);

		if (s.addr && !s.text)
			k->names[k->nnames++].address = s.addr;
	}
	if (k->nnames)
		kallsyms_names(k->kallsyms, k->kallsyms_len, k->names,
			       k->nnames);
	return 0;
}

int running_kernel_file(struct running_kernel *ret, const char *path,
			struct err *e)
{
	struct capture_part own = { NULL, 0 };
	int r = path ? import_read_file(path, KALLSYMS_MAX, &own, e) : 0;

	if (r == 0) {
		ret->own = own.p;
		ret->kallsyms_len = own.len;
	}
	return r;
}

int running_kernel_read(struct running_kernel *ret,
			const struct capture_info *c,
			const struct capture_part *modules,
			const struct trace_result *t, struct err *e)
{
	if (ret->own) {
		ret->kallsyms = ret->own;
	} else if (c->kallsyms.p) {
		ret->kallsyms = c->kallsyms.p;
		ret->kallsyms_len = c->kallsyms.len;
	} else {
		ret->kallsyms = t->kallsyms;
		ret->kallsyms_len = t->kallsyms_len;
	}
	ret->modules = modules->p;
	ret->modules_len = modules->len;
	return ret->kallsyms ? name_addresses(ret, t->names, e) : 0;
}

void running_kernel_release(struct running_kernel *k)
{
	free(k->names);
	free(k->own);
	*k = (struct running_kernel){ .kallsyms = NULL };
}

/* ---- the KASLR offset ---- */

static int by_kallsyms(struct resolver *r, const struct running_kernel *k,
		       struct remarks *notes, struct err *e)
{
	bool usable = false;
	int rc = resolver_kallsyms(r, k->kallsyms, k->kallsyms_len, &usable, e);

	if (rc < 0 || usable)
		return rc;
	return remarks_add(
		notes, e,
		"the addresses in kallsyms are hidden or of another kernel: read it as root, with kptr_restrict at 1 or 0");
}

/* Where only addresses of sites tell. */
static int by_trying(struct resolver *r, const struct trace_names *n,
		     struct remarks *notes, struct err *e)
{
	uint64_t *addresses = calloc(n->sites.count + 1, sizeof(*addresses));
	size_t count = 0;
	int rc = 0;

	if (!addresses)
		return err_nomem(e);
	for (uint32_t i = 1; i < n->sites.count; i++) {
		struct trace_site s = trace_names_site(n, i);

		if (s.addr)
			addresses[count++] = s.addr;
	}
	if (count && !resolver_find_kaslr_offset(r, addresses, count))
		rc = remarks_add(
			notes, e,
			"no KASLR offset fits the addresses: give --kallsyms, or boot with nokaslr");
	free(addresses);
	return rc;
}

int kaslr_find(struct resolver *r, const struct running_kernel *k,
	       const struct trace_names *names, struct remarks *notes,
	       struct err *e)
{
	int64_t offset = 0;
	int rc;

	if (k->modules)
		resolver_modules(r, k->modules, k->modules_len);
	if (k->kallsyms && (rc = by_kallsyms(r, k, notes, e)) < 0)
		return rc;
	if (!resolver_kaslr_offset(r, &offset) &&
	    (rc = by_trying(r, names, notes, e)) < 0)
		return rc;
	if (!resolver_kaslr_offset(r, &offset) || !offset)
		return 0;
	return remarks_add(notes, e,
			   "the kernel ran at a KASLR offset of %s0x%" PRIx64,
			   offset < 0 ? "-" : "",
			   offset < 0 ? -(uint64_t)offset : (uint64_t)offset);
}
