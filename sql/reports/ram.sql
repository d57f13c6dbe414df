-- title: What of the kernel stays in RAM after boot
-- group: both
-- see: combined boot-memory
-- text: From the span of the image to what the kernel takes when its
--   newest trace ended. Each line is computed on its own; lines after and ram are sums.
--   Per-CPU data is a copy for each of --cpus CPUs, which the kernel makes from
--   the template that is freed with init. Slabs take whole pages: what is in
--   them but not allocated is in report slabs.
-- param: build
-- param: cpus
-- column: line text  span: _text to _end; freed: given back after boot; after: what stays of the image; copies: per-CPU data; modules: their sections; live: kmalloc and kmem_cache; ram: after + copies + modules + live
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
  SELECT 'modules', printf('%d modules', count(*)), sum(total),
         'sections of all modules, loaded or not; the loader rounds each kind up to pages', 8
    FROM images
   WHERE build = :build AND kind = 'module'
  HAVING count(*) > 0
  UNION ALL
  SELECT 'live', printf('trace %d', t.trace), sum(k.live_bytes),
         'kmalloc and kmem_cache memory when the trace ended', 9
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
SELECT 'ram', '', sum(bytes), 'after + copies + modules + live', 10
  FROM (SELECT bytes FROM part UNION ALL SELECT bytes FROM added)
HAVING EXISTS (SELECT 1 FROM part WHERE line = 'span' AND bytes IS NOT NULL)
