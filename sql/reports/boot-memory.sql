-- title: What the boot log says of memory: "Memory:" and "Freeing unused kernel image"
-- group: static
-- see: init ram
-- text: The numbers of the console lines "Memory:" and "Freeing unused kernel
--   image", computed from the symbols of the linked image by the rules of the
--   kernel (mem_init_print_info of 3.11 and later), followed by what the
--   objects contribute to the freed memory. Each line is computed on its own.
-- text: The lines init add up: in objects + added by the link = sections. freed
--   initmem exceeds that by the alignment between those sections. The kernel
--   prints whole KiB, rounded down.
-- param: build
-- column: line text  memory: of "Memory:"; freed: of "Freeing"; percpu: of "percpu: Embedded"; init: what freed init is made of
-- column: what text  name on the console
-- column: bytes bytes  exact
-- column: kib count  whole KiB, as the kernel prints it
-- column: note text wrap  how it is computed
-- column: ordinal id wide asc  place of the line
-- order: ordinal
-- empty: the symbols of that vmlinux are not stored: run kmemdb audit --full on its tree
WITH at AS (
  SELECT max(bytes) FILTER (WHERE subject = '_stext') AS stext,
         max(bytes) FILTER (WHERE subject = '_etext') AS etext,
         max(bytes) FILTER (WHERE subject = '_sdata') AS sdata,
         max(bytes) FILTER (WHERE subject = '_edata') AS edata,
         max(bytes) FILTER (WHERE subject = '__start_rodata') AS srodata,
         max(bytes) FILTER (WHERE subject = '__end_rodata') AS erodata,
         max(bytes) FILTER (WHERE subject = '_sinittext') AS sinittext,
         max(bytes) FILTER (WHERE subject = '_einittext') AS einittext,
         max(bytes) FILTER (WHERE subject = '__init_begin') AS sinit,
         max(bytes) FILTER (WHERE subject = '__init_end') AS einit,
         max(bytes) FILTER (WHERE subject = '__bss_start') AS sbss,
         max(bytes) FILTER (WHERE subject = '__bss_stop') AS ebss
    FROM link_lines
   WHERE build = :build AND image = 'vmlinux' AND line = 'span'
), parts AS (
  SELECT *,
         erodata - srodata AS rodata,
         einittext - sinittext AS inittext,
         einit - sinit
           - CASE WHEN sinittext >= sinit AND sinittext < einit
                  THEN einittext - sinittext ELSE 0 END AS initdata
    FROM at
), outputs AS (
  SELECT f.output, sum(s.size) AS bytes
    FROM members AS m
    JOIN objects AS o ON o.build = m.build AND o.path_id = m.path_id
    JOIN placements AS f ON f.placement_set = o.placement_set AND f.lifetime = 'init'
    JOIN sections AS s ON s.footprint = o.footprint AND s.ordinal = f.ordinal
   -- Freed by itself: outside of __init_begin to __init_end.
   WHERE m.build = :build AND m.kind = 'vmlinux' AND f.output <> '.smp_locks'
   GROUP BY f.output
), lines (line, what, bytes, note, ordinal) AS (
  SELECT 'memory', 'kernel code',
         etext - stext
           - CASE WHEN sinittext >= stext AND sinittext < etext
                  THEN inittext ELSE 0 END
           - CASE WHEN srodata >= stext AND srodata < etext
                  THEN rodata ELSE 0 END,
         '_stext to _etext, without init code and constants in between', 1
    FROM parts
  UNION ALL
  SELECT 'memory', 'rwdata',
         edata - sdata
           - CASE WHEN sinit >= sdata AND sinit < edata
                  THEN initdata ELSE 0 END
           - CASE WHEN srodata >= sdata AND srodata < edata
                  THEN rodata ELSE 0 END,
         '_sdata to _edata, without init and constants in between', 2
    FROM parts
  UNION ALL
  SELECT 'memory', 'rodata', rodata, '__start_rodata to __end_rodata', 3
    FROM parts
  UNION ALL
  SELECT 'memory', 'init', initdata + inittext,
         '__init_begin to __init_end, and init code outside of it', 4
    FROM parts
  UNION ALL
  SELECT 'memory', 'bss', ebss - sbss, '__bss_start to __bss_stop', 5
    FROM parts
  UNION ALL
  SELECT 'freed', what, bytes, note, 5 + ordinal FROM boot_freed
   WHERE build = :build
  UNION ALL
  SELECT 'percpu', 's', size, 'the section ' || section, 10
    FROM image_sections
   WHERE build = :build AND image = 'vmlinux'
     AND section IN ('.data..percpu', '.data.percpu') AND size > 0
  UNION ALL
  SELECT 'init', 'in objects', sum(bytes), 'report init, and objects that the link makes', 11 FROM outputs
  UNION ALL
  SELECT 'init', 'added by the link', sum(l.bytes),
         'alignment and bytes of the linker script, minus merged constants',
         12
    FROM link_lines AS l
    JOIN outputs AS o ON o.output = l.subject
   WHERE l.build = :build AND l.image = 'vmlinux'
     AND l.line IN ('merged', 'common', 'fill', 'script')
  UNION ALL
  SELECT 'init', 'sections', sum(i.size), 'sections of the image that contain them', 13
    FROM image_sections AS i
    JOIN outputs AS o ON o.output = i.section
   WHERE i.build = :build AND i.image = 'vmlinux'
)
SELECT line, what, bytes, bytes / 1024 AS kib, note, ordinal
  FROM lines
 WHERE bytes IS NOT NULL AND EXISTS (SELECT 1 FROM at WHERE stext IS NOT NULL)
