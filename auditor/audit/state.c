/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/state.h"

#include <string.h>

#include "audit/steps.h"
#include "store/audit.h"
#include "support/digest.h"
#include "support/version.h"

/* File systems keep times in steps: nanoseconds by name, jiffies on most,
 * two seconds on FAT. */
#define RACY_WINDOW_NS ((int64_t)2 * 1000000000)

_Static_assert(AUDIT_STATE_LEN == STATE_LEN, "a build's state");

bool audit_is_racy(int64_t started_ns, const struct file_stamp *stamp)
{
	int64_t edge = started_ns - RACY_WINDOW_NS;

	return stamp->mtime_ns >= edge || stamp->ctime_ns >= edge;
}

struct hasher {
	struct digest h;
	int64_t started_ns;
	bool racy;
};

static void feed(struct digest *h, uint64_t v)
{
	digest_add(h, &v, sizeof(v));
}

static void feed_text(struct digest *h, const char *text)
{
	if (text)
		digest_add(h, text, strlen(text) + 1);
	feed(h, text != NULL);
}

static void feed_stamp(struct hasher *x, const struct file_stamp *stamp)
{
	struct digest *h = &x->h;

	feed(h, stamp->size);
	feed(h, (uint64_t)stamp->mtime_ns);
	feed(h, (uint64_t)stamp->ctime_ns);
	feed(h, stamp->inode);
	feed(h, stamp->device);
	if (audit_is_racy(x->started_ns, stamp))
		x->racy = true;
}

static void feed_tree(struct hasher *x, const struct tree *t)
{
	struct digest *h = &x->h;

	for (size_t i = 0; i < t->nobjects; i++) {
		feed_text(h, t->objects[i].path);
		feed(h, t->objects[i].role);
		feed_stamp(x, &t->objects[i].stamp);
	}
	for (size_t i = 0; i < t->nimages; i++) {
		const struct tree_image *image = &t->images[i];

		feed_text(h, image->path);
		feed_text(h, image->name);
		feed(h, image->kind);
		feed(h, image->nmembers);
		for (size_t k = 0; k < image->nmembers; k++)
			feed(h, image->members[k]);
		feed(h, image->present);
		if (image->present)
			feed_stamp(x, &image->stamp);
	}
	for (size_t i = 0; i < t->nskips; i++) {
		feed_text(h, t->skips[i].path);
		feed_text(h, t->skips[i].reason);
	}
	for (size_t i = 0; i < t->nboot_files; i++) {
		feed_text(h, t->boot_files[i].path);
		feed_stamp(x, &t->boot_files[i].stamp);
		feed(h, t->boot_files[i].payload);
		feed(h, t->boot_files[i].packing);
		feed(h, t->boot_files[i].stale);
	}
	for (size_t i = 0; i < remarks_count(&t->remarks); i++)
		feed_text(h, remarks_text(&t->remarks, i));
}

static void feed_info(struct digest *h, const struct build_info *b)
{
	digest_add(h, b->config_hash, sizeof(b->config_hash));
	feed_text(h, b->tree);
	feed_text(h, b->commit_id);
	feed_text(h, b->subject);
	feed_text(h, b->release);
	feed_text(h, b->compiler);
	feed(h, b->dirty);
	for (size_t i = 0; i < remarks_count(&b->remarks); i++)
		feed_text(h, remarks_text(&b->remarks, i));
}

int audit_state(const struct audit_input *in,
		unsigned char ret_state[AUDIT_STATE_LEN], bool *ret_racy,
		struct err *e)
{
	struct hasher x = { .started_ns = in->started_ns };

	_Static_assert(AUDIT_STATE_LEN == DIGEST_LEN, "a state is a digest");
	if (digest_begin(&x.h, e))
		return -(int)e->code;
	/* Another version of the program may measure differently. */
	feed_text(&x.h, KMEMDB_VERSION);
	/* So that a build of an older database gets its missing rows. */
	feed(&x.h, STORE_MAP_VERSION);
	feed(&x.h, in->options->messages);
	digest_add(&x.h, in->additions, sizeof(in->additions));
	feed_tree(&x, &in->tree);
	feed_info(&x.h, &in->info);
	digest_end(&x.h, ret_state);
	*ret_racy = x.racy;
	return 0;
}
