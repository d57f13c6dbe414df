/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the layout of an image is made of (the job), and the types that all of
 * link/ shares with its callers.
 */
#ifndef LINK_JOB_H
#define LINK_JOB_H

#include "model/layout.h"
#include "support/err.h"

struct link_input {
	const char *path;    /* as in the tree; matched with the map */
	const char *archive; /* the archive it was linked from, or NULL */
	const struct object_record *record;
	bool linktime;
	bool on_demand; /* an archive's member, linked only where needed */
	/* What link/partial_link.h fills: of those that "ld -r" had made one
	 * object the same number (0: none), and the alignment of each section
	 * of the record (NULL: the record's own). */
	uint32_t partial_link_group;
	const uint64_t *aligns;
};

struct link_job {
	const struct link_input *inputs; /* in the order of the link */
	size_t ninputs;
	const struct object_record *image; /* linked; with symbols */
	const char *script; /* text of the linker script, or NULL */
	size_t script_len;
	const char *map; /* text of the linker's map, or NULL */
	size_t map_len;
	bool linked_only; /* the one input is the image itself */
	/* Linked with --gc-sections: the inputs need ELF_WANT_REFERENCES. */
	bool gc_sections;
};

#endif
