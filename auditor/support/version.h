/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The program's version; it enters an audit's state, so that another
 * version audits anew.
 */
#ifndef SUPPORT_VERSION_H
#define SUPPORT_VERSION_H

#define KMEMDB_VERSION "0.4.0"

#endif
