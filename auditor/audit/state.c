/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "audit/audit.h"
#include "support/digest.h"
#include "support/version.h"

/* File systems keep times in steps: nanoseconds by name, jiffies on most,
 * two seconds on FAT. */
#define RACY_WINDOW_NS ((int64_t)2 * 1000000000)

bool audit_is_racy(const struct audit *a, const struct file_stamp *stamp)
{
	int64_t edge = a->started_ns - RACY_WINDOW_NS;

	return stamp->mtime_ns >= edge || stamp->ctime_ns >= edge;
}

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

static void feed_stamp(struct audit *a, struct digest *h,
		       const struct file_stamp *stamp)
{
	feed(h, stamp->size);
	feed(h, (uint64_t)stamp->mtime_ns);
	feed(h, (uint64_t)stamp->ctime_ns);
	feed(h, stamp->inode);
	feed(h, stamp->device);
	if (audit_is_racy(a, stamp))
		a->racy = true;
}

static void feed_tree(struct audit *a, struct digest *h)
{
	const struct tree *t = &a->tree;

	for (size_t i = 0; i < t->nobjects; i++) {
		feed_text(h, t->objects[i].path);
		feed(h, t->objects[i].role);
		feed_stamp(a, h, &t->objects[i].stamp);
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
			feed_stamp(a, h, &image->stamp);
	}
	for (size_t i = 0; i < t->nskips; i++) {
		feed_text(h, t->skips[i].path);
		feed_text(h, t->skips[i].reason);
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

int audit_state(struct audit *a, struct err *e)
{
	struct digest h;

	if (digest_begin(&h, e))
		return -(int)e->code;
	/* Another version of the program may measure differently. */
	feed_text(&h, KMEMDB_VERSION);
	/* So that a build of an older database gets its missing rows. */
	feed(&h, STORE_MAP_VERSION);
	feed_tree(a, &h);
	feed_info(&h, &a->info);
	_Static_assert(sizeof(a->state) == DIGEST_LEN, "a state is a digest");
	digest_end(&h, a->state);
	return 0;
}
