/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the traced kernel ran: its list of symbols, and by it, or by the
 * addresses of call sites alone, the KASLR offset.
 */
#ifndef IMPORT_KASLR_H
#define IMPORT_KASLR_H

#include <stddef.h>
#include <stdint.h>

#include "model/trace.h"
#include "support/err.h"
#include "support/remarks.h"
#include "symbols/kallsyms_line.h"
#include "symbols/printed_site.h"
#include "trace/capture/capture.h"

/* All zeros: nothing is known. */
struct running_kernel {
	const char *kallsyms; /* its list; NULL: none */
	size_t kallsyms_len;
	char *own;	     /* the memory of kallsyms, if it is ours */
	const char *modules; /* its /proc/modules; NULL: not known */
	size_t modules_len;
	struct kallsyms_name *names; /* of bare addresses, sorted */
	size_t nnames;
};

/*
 * Reads the list that an option names; path NULL: none does.  It may be a pipe
 * that takes its time, and so is read before anything is locked.  ERR_IO,
 * ERR_FORMAT and ERR_NOMEM; then *ret is untouched.
 */
int running_kernel_file(struct running_kernel *ret, const char *path,
			struct err *e);

/*
 * Finds the list: in that file, if there is one, else in the capture, else in the trace itself; and in it the names of those sites that
 * were printed as addresses only.  modules is its /proc/modules, p NULL where
 * that is not known.  Borrows from c, modules and t.  ERR_IO, ERR_FORMAT
 * and ERR_NOMEM; the caller releases *ret also then.
 */
int running_kernel_read(struct running_kernel *ret,
			const struct capture_info *c,
			const struct capture_part *modules,
			const struct trace_result *t, struct err *e);
void running_kernel_release(struct running_kernel *k);

/*
 * Tells the resolver which modules ran, and where they and the kernel did: by the list, else
 * by trying KASLR offsets on the addresses of sites.  Whatever is left
 * unknown, and an offset that is not 0, is noted.
 */
int kaslr_find(struct resolver *r, const struct running_kernel *k,
	       const struct trace_names *names, struct remarks *notes,
	       struct err *e);

#endif
