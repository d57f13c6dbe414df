/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which events are understood, and which keys each of them must have.
 */
#ifndef TRACE_TEXT_EVENT_FORMATS_H
#define TRACE_TEXT_EVENT_FORMATS_H

#include <stddef.h>
#include <stdint.h>

enum text_key {
	KEY_SITE,
	KEY_PTR,
	KEY_REQ,
	KEY_ALLOC,
	KEY_GFP,
	KEY_NODE,
	KEY_NAME,
	KEY_PAGE,
	KEY_PFN,
	KEY_ORDER,
	KEY_SIZE,
	KEY_NONE,
};
#define TEXT_BIT(k) (1u << (k)) /* a key in a set of keys */

struct event_form {
	const char *name;
	uint8_t len;
	uint8_t id, op, kind; /* enums of model/event.h */
	uint16_t needs;	      /* bits of enum text_key */
};

/*
 * The event's name at p: `kmalloc: `, perf's `kmem:kmalloc: `.  Sets
 * *ret_name and *ret_len, and returns where its values begin; NULL where
 * there is no name.
 */
const char *text_event_name(const char *p, const char *end,
			    const char **ret_name, size_t *ret_len);

/* A number for a known event's name, to be handed to text_body, or -1. */
int text_known_event(const char *name, size_t len);

/* How many numbers text_known_event has. */
int text_known_events(void);

/* What a known event looks like. */
const struct event_form *text_form(int known);

/* The key at p, and the length of it and its `=`. */
enum text_key text_key_at(const char *p, const char *end, size_t *ret_len);

/* Is any key of these events at p, used here or not, with its `=`?
 * Returns the length of both, or 0. */
size_t text_known_key(const char *p, const char *end);

#endif
