/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page around its numbers: page/, and d3, embedded at build time by
 * scripts/embed-page.sh.
 */
#ifndef HTML_PAGE_FILES_H
#define HTML_PAGE_FILES_H

/* What comes before the JSON, and after it; UTF-8. */
extern const char html_page_head[];
extern const char html_page_tail[];

#endif
