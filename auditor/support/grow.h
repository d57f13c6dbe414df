/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Growing arrays.  grow_room makes room for one more element at the end of
 * a malloc'ed array:
 *
 *	if (grow_room((void **)&v, n, &cap, sizeof(*v)))
 *		return err_nomem(e);
 *	v[n++] = x;
 */
#ifndef SUPPORT_GROW_H
#define SUPPORT_GROW_H

#include <stddef.h>

/* 0, or -1 when memory is out (the array stays as it was). */
int grow_room(void **array, size_t count, size_t *capacity, size_t size);

#endif
