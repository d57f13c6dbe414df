/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/picture.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "plot/load.h"
#include "plot/svg.h"

int picture_type_of(const char *path, enum picture_type *ret, struct err *e)
{
	static const char *const endings[] = { [PICTURE_PNG] = ".png",
					       [PICTURE_SVG] = ".svg",
					       [PICTURE_PDF] = ".pdf" };
	size_t len = strlen(path);

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		if (len > 4 && strcasecmp(path + len - 4, endings[i]) == 0) {
			*ret = (enum picture_type)i;
			return 0;
		}
	}
	return err_set(
		e, ERR_USAGE,
		"what kind of file is '%.200s'? Names of pictures end with .png, .svg or .pdf",
		path);
}

int picture_size(const char *words, struct picture *ret, struct err *e)
{
	unsigned long w, h = 0;
	char *end;

	w = strtoul(words, &end, 10);
	if (*words >= '0' && *words <= '9' && *end == 'x' && end[1] >= '0' &&
	    end[1] <= '9')
		h = strtoul(end + 1, &end, 10);
	if (*end || w < PICTURE_SIDE_MIN || w > PICTURE_SIDE_MAX ||
	    h < PICTURE_SIDE_MIN || h > PICTURE_SIDE_MAX)
		return err_set(
			e, ERR_USAGE,
			"--size is WIDTHxHEIGHT, each from %d to %d pixels, not '%.40s'",
			PICTURE_SIDE_MIN, PICTURE_SIDE_MAX, words);
	ret->width = (unsigned int)w;
	ret->height = (unsigned int)h;
	return 0;
}

static int write_figure(const struct plot_room *room, const struct figure *f,
			enum picture_type type, FILE *out, struct err *e)
{
	if (type == PICTURE_PNG)
		return room->write_png(f, 1, out, e);
	if (type == PICTURE_PDF)
		return room->write_pdf(f, out, e);
	svg_write(f, out);
	return 0;
}

int picture_write(const struct database *d, const struct plot_request *r,
		  const struct picture *p, FILE *out, struct err *e)
{
	struct text_measure measure = { .ctx = NULL };
	const struct plot_room *room;
	struct text_ruler *ruler = NULL;
	struct figure f;
	int rc = plot_room_load(&room, e);

	if (!rc)
		rc = room->ruler_open(&ruler, e);
	if (rc)
		return rc;
	measure.width = room->text_width;
	measure.ctx = ruler;
	figure_init(&f, p->width, p->height, p->dark, &measure);
	rc = plot_draw(d, r, &f, e);
	if (!rc)
		rc = write_figure(room, &f, p->type, out, e);
	figure_release(&f);
	room->ruler_close(ruler);
	return rc;
}
