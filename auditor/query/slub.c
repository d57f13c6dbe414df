/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/slub.h"

/* Defaults of the kernel: the orders that slabs have where objects do not
 * need more, and that the page allocator has at all. */
#define SLAB_ORDER_MAX 3
#define PAGE_ORDER_MAX 10
/* struct slab counts its objects in 15 bits. */
#define SLAB_OBJECTS_MAX 32767

/* The smallest order whose pages hold bytes. */
static int order_of(int64_t bytes, int64_t page_bytes)
{
	int order = 0;

	while (order < 32 && page_bytes << order < bytes)
		order++;
	return order;
}

/* fls(): 1 for 1, 3 for 4 to 7. */
static int bit_length(int64_t n)
{
	int bits = 0;

	for (; n > 0; n >>= 1)
		bits++;
	return bits;
}

/* From the order of least objects on, the first whose rest is at most one
 * part in so many; above max where there is none. */
static int fitting_order(int64_t size, int64_t page_bytes, int64_t least,
			 int max, int part)
{
	int order = order_of(least * size, page_bytes);

	for (; order <= max; order++) {
		int64_t bytes = page_bytes << order;

		if (bytes % size <= bytes / part)
			break;
	}
	return order;
}

static int slab_order(int64_t size, int64_t page_bytes, int64_t cpus)
{
	/* More CPUs, more objects a slab: they take turns at its lock. */
	int64_t least = 4 * (bit_length(cpus) + 1);
	int64_t most = (page_bytes << SLAB_ORDER_MAX) / size;

	if (page_bytes / size > SLAB_OBJECTS_MAX)
		return 0;
	if (least > most)
		least = most;
	for (; least > 1; least--) {
		for (int part = 16; part >= 4; part /= 2) {
			int order = fitting_order(size, page_bytes, least,
						  SLAB_ORDER_MAX, part);

			if (order <= SLAB_ORDER_MAX)
				return order;
		}
	}
	/* One object a slab, whatever is left. */
	return order_of(size, page_bytes);
}

int64_t slub_slab_pages(int64_t size, int64_t page_bytes, int64_t cpus)
{
	int order;

	if (page_bytes < 1024 || page_bytes > (1 << 20) || cpus < 1 ||
	    size < 1 || size > page_bytes << PAGE_ORDER_MAX)
		return 0;
	order = slab_order(size, page_bytes, cpus);
	return order > PAGE_ORDER_MAX ? 0 : (int64_t)1 << order;
}
