/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/ink.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#define PI 3.14159265358979323846

static double to_srgb(double linear)
{
	double v = linear <= 0.0031308 ? 12.92 * linear
				       : 1.055 * pow(linear, 1 / 2.4) - 0.055;

	return v < 0 ? 0 : v > 1 ? 1 : v;
}

static double to_linear(double v)
{
	return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

struct ink ink_oklch(double lightness, double chroma, double hue)
{
	double a = chroma * cos(hue * PI / 180);
	double b = chroma * sin(hue * PI / 180);
	double l = lightness + 0.3963377774 * a + 0.2158037573 * b;
	double m = lightness - 0.1055613458 * a - 0.0638541728 * b;
	double s = lightness - 0.0894841775 * a - 1.2914855480 * b;

	l = l * l * l;
	m = m * m * m;
	s = s * s * s;
	return (struct ink){
		to_srgb(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
		to_srgb(-1.2684380046 * l + 2.6097574011 * m -
			0.3413193965 * s),
		to_srgb(-0.0041960863 * l - 0.7034186147 * m +
			1.7076147010 * s),
	};
}

struct ink ink_of_role(enum ink_role role, bool dark)
{
	/* Lightness on white paper and on dark, chroma, hue. */
	static const struct {
		double light, dark, chroma, hue;
	} roles[INK_ROLE_COUNT] = {
		[INK_PAPER] = { 1.00, 0.20, 0.00, 0 },
		[INK_TEXT] = { 0.18, 0.95, 0.00, 0 },
		[INK_FAINT] = { 0.45, 0.75, 0.01, 260 },
		[INK_RULE] = { 0.88, 0.35, 0.00, 0 },
		[INK_REST] = { 0.82, 0.42, 0.00, 0 },
		/* Vermillion and blue: apart for every kind of sight. */
		[INK_GROWN] = { 0.66, 0.66, 0.17, 42 },
		[INK_SHRUNK] = { 0.58, 0.66, 0.12, 245 },
	};

	return ink_oklch(dark ? roles[role].dark : roles[role].light,
			 roles[role].chroma, roles[role].hue);
}

/* The directories that every kernel has, so that the large ones differ most. */
static const struct {
	const char *name;
	double lightness, hue;
} known[] = {
	{ "arch", 0.80, 225 },	   { "block", 0.62, 122 },
	{ "certs", 0.86, 75 },	   { "crypto", 0.60, 190 },
	{ "drivers", 0.62, 255 },  { "fs", 0.74, 150 },
	{ "init", 0.70, 20 },	   { "io_uring", 0.84, 340 },
	{ "ipc", 0.56, 330 },	   { "kernel", 0.64, 32 },
	{ "lib", 0.58, 305 },	   { "mm", 0.87, 98 },
	{ "net", 0.76, 62 },	   { "rust", 0.54, 50 },
	{ "security", 0.74, 355 }, { "sound", 0.56, 85 },
	{ "usr", 0.82, 280 },	   { "virt", 0.66, 210 },
};

/* FNV-1a: the same on every machine, for a colour must stay. */
static uint32_t hash(const char *s, size_t len)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)s[i]) * 16777619u;
	return h ^ h >> 15;
}

static size_t component(const char *s, size_t len)
{
	const char *slash = memchr(s, '/', len);

	return slash ? (size_t)(slash - s) : len;
}

static void top_colour(const char *s, size_t len, double *lightness,
		       double *hue)
{
	uint32_t h = hash(s, len);

	*hue = h % 360;
	*lightness = 0.58 + 0.07 * (h / 360 % 5);
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		if (strlen(known[i].name) == len &&
		    memcmp(known[i].name, s, len) == 0) {
			*hue = known[i].hue;
			*lightness = known[i].lightness;
		}
	}
}

struct ink ink_of_path(const char *path, size_t len, bool dark)
{
	double lightness, hue, chroma = 0.115;
	size_t top = component(path, len), second, at;

	if (len == 0 || path[0] == '(')
		return ink_of_role(INK_REST, dark);
	top_colour(path, top, &lightness, &hue);
	if (top < len) {
		/* Below: near the colour of the top directory. */
		uint32_t h;

		second = component(path + top + 1, len - top - 1);
		h = hash(path, top + 1 + second);
		hue += ((double)(h % 9) - 4) * 9;
		lightness += ((double)(h / 9 % 5) - 2) * 0.045;
		at = top + 1 + second;
		if (at < len) {
			h = hash(path, len);
			lightness += ((double)(h % 5) - 1) * 0.025;
			chroma = 0.09;
		}
	}
	lightness = lightness < 0.5 ? 0.5 : lightness > 0.92 ? 0.92 : lightness;
	return ink_oklch(dark ? lightness - 0.06 : lightness, chroma, hue);
}

static double luminance(struct ink c)
{
	return 0.2126 * to_linear(c.r) + 0.7152 * to_linear(c.g) +
	       0.0722 * to_linear(c.b);
}

double ink_contrast(struct ink a, struct ink b)
{
	double x = luminance(a) + 0.05, y = luminance(b) + 0.05;

	return x > y ? x / y : y / x;
}

struct ink ink_on(struct ink ground)
{
	const struct ink black = { 0, 0, 0 }, white = { 1, 1, 1 };

	return ink_contrast(black, ground) >= ink_contrast(white, ground)
		       ? black
		       : white;
}
