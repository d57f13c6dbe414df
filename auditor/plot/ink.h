/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Colours.  A directory has the same one in every picture: it follows from
 * its path alone.  Neighbours differ in lightness as well as in hue, so that
 * they stay apart in grey print and for the colour-blind.
 *
 * Colours are made in OKLCH, where equal steps of lightness look equal
 * (B. Ottosson, "A perceptual color space for image processing", 2020).
 */
#ifndef PLOT_INK_H
#define PLOT_INK_H

#include <stdbool.h>
#include <stddef.h>

struct ink {
	double r, g, b; /* 0 .. 1, sRGB */
};

enum ink_role {
	INK_PAPER = 0,
	INK_TEXT,
	INK_FAINT, /* text that is less important: still 4.5:1 on paper */
	INK_RULE,  /* grid lines */
	INK_REST,  /* what was gathered as "other" */
	INK_GROWN,
	INK_SHRUNK,
	INK_ROLE_COUNT
};

struct ink ink_of_role(enum ink_role role, bool dark);

/* Of a path of len bytes below the top of the tree; names in parentheses,
 * which are no directories, are grey. */
struct ink ink_of_path(const char *path, size_t len, bool dark);

/* 1 .. 21: how well one is read on the other (WCAG 2.1, contrast ratio). */
double ink_contrast(struct ink a, struct ink b);

/* Black or white, whichever is read better on it: at least 4.5:1. */
struct ink ink_on(struct ink ground);

/* lightness 0 .. 1, chroma 0 .. 0.4, hue in degrees; clipped to sRGB. */
struct ink ink_oklch(double lightness, double chroma, double hue);

#endif
