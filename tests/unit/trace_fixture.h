/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A build and two traces, small enough to be added up by hand.  Trace 1 is
 * of build 1 and has every kind of site, ending and memory; trace 2 is
 * joined with no build.
 *
 *	site                     kind    allocs frees live  given (asked)
 *	getname_flags+0x29       cache   10     8     1     4096 (4096)
 *	                         1 implicit; names_cache, inferred
 *	ext4_io_end+0x1b         malloc  3      1     2     64 (29)
 *	rb_allocate+0x10         malloc  1      0     1     1024 (1000)
 *	                         kernel/trace
 *	init_once+0x8            malloc  2      0     2     64 (56)
 *	                         ambiguous: drivers/a.o, drivers/b.o
 *	mystery+0x0              cache   1      0     0     128 (100)
 *	                         unknown to the build, hidden; 2 more failed
 *	kvasprintf+0x50          malloc  2      0     2     16 (10), stack 1
 *	kvasprintf+0x50          malloc  1      1     0     16 (12), stack 2
 *	free_only+0x4            malloc  5 NULL frees, 2 unmatched ones
 *	-                        page    4      1     3     4096
 *	rb_allocate+0x10         percpu  1      0     1     8 (8)
 *
 * malloc + cache: 20 allocs, 10 frees, 1 implicit, 8 live, 1 unknown; 42,480
 * bytes in all, 5,408 live, of which 122 wasted, of all 189.
 */
#ifndef TRACE_FIXTURE_H
#define TRACE_FIXTURE_H

#define TRACE_FIXTURE_BUILD                                                     \
	"INSERT INTO dir (id, parent, path) VALUES (1, NULL, ''),"              \
	" (2, 1, 'fs'), (3, 2, 'fs/ext4'), (4, 1, 'kernel'),"                   \
	" (5, 4, 'kernel/trace'), (6, 1, 'drivers'), (7, 1, 'lib');"            \
	"INSERT INTO path (id, dir, file) VALUES (1, 2, 'namei.o'),"            \
	" (2, 3, 'inode.o'), (3, 5, 'ring_buffer.o'), (4, 6, 'a.o'),"           \
	" (5, 6, 'b.o'), (6, 7, 'kasprintf.o'), (7, 7, 'kobject.o'),"           \
	" (8, 1, 'vmlinux');"                                                   \
	"INSERT INTO footprint VALUES"                                          \
	" (1, x'01', 1, 64, 0, 62, 0, 1000, 100, 10, 0),"                       \
	" (2, x'02', 1, 64, 0, 62, 0, 2000, 200, 20, 0);"                       \
	"INSERT INTO name (id, text) VALUES (1, 'vmlinux');"                    \
	"INSERT INTO build (id, identity, tree, audited_ns, state)"             \
	" VALUES (1, 'one', '/t', 5, x'00');"                                   \
	"INSERT INTO object (build, path, footprint, role) VALUES"              \
	" (1, 1, 1, 0), (1, 2, 2, 0), (1, 3, 1, 0), (1, 4, 1, 0),"              \
	" (1, 5, 1, 0), (1, 6, 1, 0), (1, 7, 1, 0);"                            \
	"INSERT INTO member_list VALUES (1, x'01');"                            \
	"INSERT INTO member_list_entry VALUES (1, 0, 1), (1, 1, 2), (1, 2, 3)," \
	" (1, 3, 4), (1, 4, 5), (1, 5, 6), (1, 6, 7);"                          \
	"INSERT INTO image (id, build, path, name, kind, member_list)"          \
	" VALUES (1, 1, 8, 1, 0, 1);"

/* The last four: first and last allocation, bases. */
#define TRACE_FIXTURE_TRACES                                                   \
	"INSERT INTO trace VALUES (1, 1, 1, 'boot', 'boot.log', x'aa', 1, 20," \
	" x'bb', '6.1.0', 'quiet', 1000000000, 3000000000, 0, 64, 0, 4096,"    \
	" 685068, 7, 685100, 25, 0, 0, 0, 0, 0, 5, 2, 0, 1, 0, 0, 3, 0, NULL," \
	" 2000000000, 6000, 0, 100, 99, 1, 25, 1000, 500),"                    \
	" (2, NULL, 0, 'bare', 'bare.log', x'ab', 1, 10, NULL, NULL, NULL,"    \
	" 0, 10, 0, 64, 0, 4096, 1, 0, 1, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0,"    \
	" 0, 0, 0, NULL, 5, 64, NULL, 0, 0, 0, 0, 0, 0);"                      \
	"INSERT INTO trace_event VALUES (1, 'kmalloc', 1, 12, 1000000000),"    \
	" (1, 'sched_switch', 0, 7, NULL);"                                    \
	"INSERT INTO timeline VALUES"                                          \
	" (1, 0, 1000000000, 100, 200, 4096, 0, 6000),"                        \
	" (1, 1, 2000000000, 1312, 4096, 12288, 8, 5500);"

#define TRACE_FIXTURE_SITES                                                    \
	"INSERT INTO name (id, text) VALUES (10, '-'),"                        \
	" (11, 'getname_flags+0x29'), (12, 'ext4_io_end+0x1b'),"               \
	" (13, 'rb_allocate+0x10'), (14, 'init_once+0x8'),"                    \
	" (15, 'mystery+0x0'), (16, 'kvasprintf+0x50'),"                       \
	" (17, 'free_only+0x4'), (18, '__kmalloc'),"                           \
	" (19, 'kobject_set_name_vargs'), (20, 'ext4_register'),"              \
	" (31, 'getname_flags'), (32, 'ext4_io_end'), (33, 'rb_allocate'),"    \
	" (36, 'kvasprintf.isra.0'), (37, 'free_only'),"                       \
	" (40, 'names_cache'), (41, 'dentry'), (42, 'kmalloc-64'),"            \
	" (43, 'kmalloc-cg-64'), (50, 'GFP_KERNEL'), (51, 'init'),"            \
	" (60, 'fs/namei.c');"                                                 \
	"INSERT INTO site VALUES"                                              \
	" (1, 0, 10, 10, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),"  \
	" (1, 1, 11, 11, 1, 1, 1, 31, 0, 101, 31, 60, 131),"                   \
	" (1, 2, 12, 12, 1, 1, 2, 32, 0, 102, 32, NULL, NULL),"                \
	" (1, 3, 13, 13, 1, 1, 3, 33, 0, 103, 33, NULL, NULL),"                \
	" (1, 4, 14, 14, 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),"  \
	" (1, 5, 15, 15, 3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),"  \
	" (1, 6, 16, 16, 1, 1, 6, 36, 0, 106, 36, NULL, NULL),"                \
	" (1, 7, 17, 17, 1, 1, 1, 37, 0, 107, 37, NULL, NULL),"                \
	" (1, 8, 18, 18, 3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),"  \
	" (1, 9, 19, 19, 1, 1, 7, 19, 0, 109, 19, NULL, NULL),"                \
	" (1, 10, 20, 20, 1, 1, 2, 20, 0, 110, 20, NULL, NULL),"               \
	" (2, 1, 11, 11, 5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);"  \
	"INSERT INTO site_candidate VALUES (1, 4, 0, 1, 4, 256),"              \
	" (1, 4, 1, 1, 5, 512);"                                               \
	"INSERT INTO stack_frame VALUES (1, 1, 0, 8), (1, 1, 1, 6),"           \
	" (1, 1, 2, 9), (1, 1, 3, 10), (1, 1, 4, 1),"                          \
	" (1, 2, 0, 8), (1, 2, 1, 6);"

/* trace, site, kind, stack, cache, mixed, inferred; allocs, frees, implicit,
 * live, unknown, failed; total, asked; live, asked; implicit, unknown; waste,
 * total waste; peak; NULL frees, unmatched ones. */
#define TRACE_FIXTURE_ROLLUPS                                                  \
	"INSERT INTO rollup VALUES"                                            \
	" (1, 0, 2, 0, NULL, 0, 0, 4, 1, 0, 3, 0, 0, 16384, 16384, 12288,"     \
	" 12288, 0, 0, 0, 0, 12288, 0, 0),"                                    \
	" (1, 1, 1, 0, 40, 0, 1, 10, 8, 1, 1, 0, 0, 40960, 40960, 4096, 4096," \
	" 4096, 0, 0, 0, 4576, 0, 0),"                                         \
	" (1, 2, 0, 0, NULL, 0, 0, 3, 1, 0, 2, 0, 0, 192, 87, 128, 58, 0, 0,"  \
	" 70, 105, 192, 0, 0),"                                                \
	" (1, 3, 0, 0, NULL, 0, 0, 1, 0, 0, 1, 0, 0, 1024, 1000, 1024, 1000,"  \
	" 0, 0, 24, 24, 1024, 0, 0),"                                          \
	" (1, 3, 3, 0, NULL, 0, 0, 1, 0, 0, 1, 0, 0, 8, 8, 8, 8, 0, 0, 0, 0,"  \
	" 8, 0, 0),"                                                           \
	" (1, 4, 0, 0, NULL, 0, 0, 2, 0, 0, 2, 0, 0, 128, 112, 128, 112, 0,"   \
	" 0, 16, 16, 128, 0, 0),"                                              \
	" (1, 5, 1, 0, NULL, 0, 0, 1, 0, 0, 0, 1, 2, 128, 100, 0, 0, 0, 128,"  \
	" 0, 28, 0, 0, 0),"                                                    \
	" (1, 6, 0, 1, NULL, 0, 0, 2, 0, 0, 2, 0, 0, 32, 20, 32, 20, 0, 0,"    \
	" 12, 12, 64, 0, 0),"                                                  \
	" (1, 6, 0, 2, NULL, 0, 0, 1, 1, 0, 0, 0, 0, 16, 12, 0, 0, 0, 0, 0,"   \
	" 4, 16, 0, 0),"                                                       \
	" (1, 7, 0, 0, NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,"  \
	" 0, 5, 2),"                                                           \
	" (2, 1, 0, 0, NULL, 0, 0, 1, 0, 0, 1, 0, 0, 64, 29, 64, 29, 0, 0,"    \
	" 35, 35, 64, 0, 0);"

/* The live ones last, as an import writes them. */
#define TRACE_FIXTURE_ALLOCATIONS                                              \
	"INSERT INTO alloc_shape (id, trace, site, kind, bytes_req,"           \
	" bytes_alloc, gfp, cache, node, stack, allocs, live) VALUES"          \
	" (1, 1, 1, 1, 4096, 4096, 50, 40, -1, 0, 0, 0),"                      \
	" (2, 1, 2, 0, 29, 64, 50, NULL, -1, 0, 0, 0),"                        \
	" (3, 1, 3, 0, 1000, 1024, 50, NULL, 0, 0, 0, 0),"                     \
	" (4, 1, 4, 0, 56, 64, 50, NULL, -1, 0, 0, 0),"                        \
	" (5, 1, 5, 1, 100, 128, 50, NULL, -1, 0, 0, 0),"                      \
	" (6, 1, 6, 0, 10, 16, 50, NULL, -1, 1, 0, 0),"                        \
	" (7, 1, 6, 0, 12, 16, 50, NULL, -1, 2, 0, 0),"                        \
	" (8, 1, 0, 2, 4096, 4096, 50, NULL, -1, 0, 0, 0),"                    \
	" (9, 1, 3, 3, 8, 8, 50, NULL, -1, 0, 0, 0);"                          \
	"INSERT INTO alloc_task VALUES (1, 1, 0, 1, 51);"                      \
	"INSERT INTO alloc_ending VALUES (1, 1, 0, 0, 1), (2, 1, 1, 1, NULL)," \
	" (3, 1, 2, 1, NULL), (4, 1, 3, 0, NULL);"                             \
	"INSERT INTO allocation VALUES"                                        \
	" (1, 0, 0, 7, 1, 1, 1), (2, 0, 10, 7, 1, 1, 1),"                      \
	" (3, 0, 20, 7, 1, 1, 1), (4, 0, 30, 7, 1, 1, 1),"                     \
	" (5, 0, 40, 7, 1, 1, 1), (6, 0, 50, 7, 1, 1, 1),"                     \
	" (7, 0, 60, 7, 1, 1, 1), (8, 0, 70, 7, 1, 1, 1),"                     \
	" (9, 0, 80, 7, 1, 1, 2), (10, 64, 90, 7, 2, 1, 1),"                   \
	" (11, 0, 95, NULL, 5, 1, 4), (12, 16, 96, 1, 7, 1, 1),"               \
	" (13, 3, 97, 1, 8, 1, 1), (14, 0, 100, NULL, 1, 1, 3),"               \
	" (15, 64, 100, NULL, 2, 1, 3), (16, 128, 100, NULL, 2, 1, 3),"        \
	" (17, 2048, 100, NULL, 3, 1, 3), (18, 192, 100, NULL, 4, 1, 3),"      \
	" (19, 256, 100, NULL, 4, 1, 3), (20, 320, 100, NULL, 6, 1, 3),"       \
	" (21, 336, 100, NULL, 6, 1, 3), (22, 1, 100, NULL, 8, 1, 3),"         \
	" (23, 2, 100, NULL, 8, 1, 3), (24, 3, 100, NULL, 8, 1, 3),"           \
	" (25, 8, 100, NULL, 9, 1, 3);"                                        \
	"UPDATE alloc_shape SET"                                               \
	" allocs = (SELECT count(*) FROM allocation AS a"                      \
	" WHERE a.shape = alloc_shape.id),"                                    \
	" live = (SELECT count(*) FROM allocation AS a"                        \
	" WHERE a.shape = alloc_shape.id AND a.ending = 3);"                   \
	"INSERT INTO slab VALUES (1, 40, 1, 8, 4096, 8, 8),"                   \
	" (1, 41, 100, 100, 192, 21, 1), (1, 42, 10, 64, 64, 64, 1),"          \
	" (1, 43, 2, 64, 64, 64, 1);"

#define TRACE_FIXTURE                                                          \
	TRACE_FIXTURE_BUILD TRACE_FIXTURE_TRACES TRACE_FIXTURE_SITES           \
		TRACE_FIXTURE_ROLLUPS TRACE_FIXTURE_ALLOCATIONS

#endif
