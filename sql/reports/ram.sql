-- title: What of the kernel stays in RAM after boot
-- group: both
-- see: combined boot-memory
-- text: From the span of the image to what the kernel takes when its
--   newest trace ended. Each line is computed on its own; lines after and ram are sums.
--   Per-CPU data is a copy for each of --cpus CPUs, which the kernel makes from
--   the template that is freed with init. Slabs take whole pages: what is in
--   them but not allocated is in report slabs. Modules count as the kernel's
--   loader takes memory for them (report modules): those that were loaded where
--   /proc/modules was captured, else all.
-- param: build
-- param: cpus
-- column: line text  span: _text to _end; freed: given back after boot; after: what stays of the image; copies: per-CPU data; modules: what they take when loaded; live: kmalloc and kmem_cache; ram: after + copies + modules + live
-- column: what text  of what
-- column: bytes bytes  signed as it enters the sum
-- column: note text wrap  how it is computed
-- column: ordinal id wide asc  place of the line
-- order: ordinal
-- empty: the link of this build is not known
-- footer: skips-line
WITH part (line, what, bytes, note, ordinal) AS (
  SELECT 'span', 'vmlinux', bytes, '_text to _end, gaps between sections included', 1
    FROM link_lines
   WHERE build = :build AND image = 'vmlinux' AND line = 'span' AND subject = ''
  UNION ALL
  SELECT 'freed', iif(what = 'initmem', 'init', what), -bytes, note, 1 + ordinal
    FROM boot_freed
   WHERE build = :build
), added (line, what, bytes, note, ordinal) AS (
  SELECT 'copies', 'per-CPU data', size * :cpus,
         printf('the section %s for %d CPU%s', section, :cpus, CASE :cpus WHEN 1 THEN '' ELSE 's' END), 7
    FROM image_sections
   WHERE build = :build AND image = 'vmlinux'
     AND section IN ('.data..percpu', '.data.percpu') AND size > 0
  UNION ALL
  -- Of the newest trace that has it.
  SELECT 'modules',
         printf('%d loaded', t.modules),
         coalesce((SELECT sum(m.bytes) FROM loaded_modules AS m
                    WHERE m.trace = t.trace), 0),
         printf('/proc/modules of trace %d', t.trace)
         || (SELECT CASE WHEN count(*) = 0 THEN ''
                         WHEN count(l.core_bytes) < count(*)
                         THEN printf('; %d of them are not in this build',
                                     count(*) - count(l.core_bytes))
                         WHEN NOT max(m.bytes <> l.core_bytes)
                         THEN ', as the rules of the loader give'
                         ELSE printf('; the rules of the loader give %,d',
                                     sum(l.core_bytes)) END
               FROM loaded_modules AS m
               LEFT JOIN module_loads AS l
                 ON l.build = :build AND l.module = m.module
              WHERE m.trace = t.trace),
         8
    FROM traces AS t
   WHERE t.trace = (SELECT max(trace) FROM traces
                     WHERE build = :build AND modules IS NOT NULL)
  UNION ALL
  SELECT 'modules',
         printf('all %d', count(*)),
         sum(coalesce(l.core_bytes, i.total)),
         'which were loaded is not known; by the rules of the loader'
         || CASE WHEN count(l.core_bytes) < count(*)
                 THEN printf(', of %d only their sections',
                             count(*) - count(l.core_bytes))
                 ELSE '' END,
         8
    FROM images AS i
    LEFT JOIN module_loads AS l
      ON l.build = i.build AND l.image_id = i.image_id
   WHERE i.build = :build AND i.kind = 'module'
     AND NOT EXISTS (SELECT 1 FROM traces
                      WHERE build = :build AND modules IS NOT NULL)
  HAVING count(*) > 0
  UNION ALL
  SELECT 'copies', 'per-CPU data of modules', sum(l.percpu_bytes) * :cpus,
         printf('of those modules, for %d CPU%s', :cpus,
                CASE :cpus WHEN 1 THEN '' ELSE 's' END), 9
    FROM module_loads AS l
    LEFT JOIN loaded_modules AS m
      ON m.trace = (SELECT max(trace) FROM traces
                     WHERE build = :build AND modules IS NOT NULL)
     AND m.module = l.module
   WHERE l.build = :build
     AND (m.module IS NOT NULL
          OR NOT EXISTS (SELECT 1 FROM traces
                          WHERE build = :build AND modules IS NOT NULL))
  HAVING sum(l.percpu_bytes) > 0
  UNION ALL
  SELECT 'live', printf('trace %d', t.trace), sum(k.live_bytes),
         'kmalloc and kmem_cache memory when the trace ended', 10
    FROM traces AS t
    JOIN trace_kinds AS k ON k.trace = t.trace AND k.kind IN ('malloc', 'cache')
   WHERE t.trace = (SELECT max(trace) FROM traces WHERE build = :build)
   GROUP BY t.trace
)
SELECT line, what, bytes, note, ordinal
  FROM part
 WHERE bytes IS NOT NULL AND bytes <> 0
UNION ALL
SELECT 'after', 'vmlinux', sum(bytes), 'span less what was freed', 6
  FROM part
HAVING max(line = 'span' AND bytes IS NOT NULL)
UNION ALL
SELECT line, what, bytes, note, ordinal
  FROM added
UNION ALL
SELECT 'ram', '', sum(bytes), 'after + copies + modules + live', 11
  FROM (SELECT bytes FROM part UNION ALL SELECT bytes FROM added)
HAVING EXISTS (SELECT 1 FROM part WHERE line = 'span' AND bytes IS NOT NULL)
