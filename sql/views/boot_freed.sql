-- view: boot_freed
-- title: What the kernel gives back of its image when it has booted.
-- text: By the symbols of vmlinux; each is a line "Freeing" of the console. Of
--   mark_rodata_ro of x86-64, in pages of 4096 bytes: the two gaps.
-- column: build id       the build
-- column: what text      initmem, text/rodata gap, rodata/data gap or SMP alternatives, as the console calls it
-- column: bytes bytes    exact; NULL: the symbols are not known
-- column: note text      how it is computed
-- column: ordinal id     its place among them, from 1
CREATE VIEW boot_freed AS
WITH at AS (
  SELECT build,
         max(bytes) FILTER (WHERE subject = '_etext') AS etext,
         max(bytes) FILTER (WHERE subject = '_sdata') AS sdata,
         max(bytes) FILTER (WHERE subject = '__start_rodata') AS srodata,
         max(bytes) FILTER (WHERE subject = '__end_rodata') AS erodata,
         max(bytes) FILTER (WHERE subject = '__init_begin') AS sinit,
         max(bytes) FILTER (WHERE subject = '__init_end') AS einit
    FROM link_lines
   WHERE image = 'vmlinux' AND line = 'span'
   GROUP BY build
)
SELECT build, 'initmem' AS what, einit - sinit AS bytes,
       '__init_begin to __init_end' AS note, 1 AS ordinal
  FROM at
UNION ALL
SELECT a.build, 'text/rodata gap',
       a.srodata / 4096 * 4096 - (a.etext + 4095) / 4096 * 4096,
       'pages from _etext to __start_rodata', 2
  FROM at AS a
  JOIN builds AS b ON b.build = a.build AND b.arch IN ('x86', 'x86_64')
UNION ALL
SELECT a.build, 'rodata/data gap',
       a.sdata / 4096 * 4096 - (a.erodata + 4095) / 4096 * 4096,
       'pages from __end_rodata to _sdata', 3
  FROM at AS a
  JOIN builds AS b ON b.build = a.build AND b.arch IN ('x86', 'x86_64')
UNION ALL
SELECT build, 'SMP alternatives', size,
       'the section .smp_locks, freed on a machine of several CPUs', 4
  FROM image_sections
 WHERE image = 'vmlinux' AND section = '.smp_locks' AND size > 0;
