-- title: Memory of modules: their objects, and what they take when loaded
-- group: static
-- see: images as-modules
-- text: Sums of the objects of each module. An object that two modules share
--   counts in both, so the line of sums may exceed footprint --image modules.
--   What modpost adds (M.mod.o) is in linktime. A module of which no object
--   could be measured (LTO) has empty sums.
-- text: core and init are what the kernel's module loader takes, by its rules:
--   __versions and .modinfo go, symbols for kallsyms stay, and each kind of
--   section begins a page. loaded is what /proc/modules of the newest trace that
--   has it said: the same, unless note says why. Per-CPU data is apart.
-- text: built_in is an estimate: the sections that would stay if the module were
--   built into vmlinux, without struct module, its symbols and padding. That
--   vmlinux's own kallsyms grows, and that strings merge, is not in it. Report
--   as-modules has the other way round.
-- param: build
-- param: cpus
-- column: module text  its name
-- column: objects count sum wide  its objects
-- column: text bytes sum wide  code and constant data
-- column: data bytes sum wide  initialised data
-- column: bss bytes sum wide  zero-initialised data
-- column: total bytes sum  text + data + bss
-- column: linktime bytes sum wide  text + data + bss of what modpost adds
-- column: ko bytes sum wide  text + data + bss of the .ko file; empty if it is missing
-- column: path text  the .ko file, relative to the tree
-- column: core bytes sum  what stays when it is loaded; empty where an older version audited it
-- column: init bytes sum wide  what is freed when its init function has run
-- column: pages count sum  pages of core
-- column: padding bytes sum wide  of core: between sections and to the ends of pages
-- column: symbols bytes sum wide  of core: symbols and names for kallsyms
-- column: copies bytes sum wide  per-CPU data for each of --cpus CPUs
-- column: loaded bytes sum  what /proc/modules said; empty: not loaded, or not captured
-- column: built_in bytes sum  estimate: what would stay of it in vmlinux
-- column: note text wrap  why core is not exact, or not what was loaded
-- order: total, module
-- empty: this build has no modules
-- footer: skips-line
WITH captured AS (
  SELECT max(trace) AS trace
    FROM traces
   WHERE build = :build AND modules IS NOT NULL
), parts AS (
  SELECT m.image_id,
         count(*) FILTER (WHERE o.role = 'module') AS objects,
         coalesce(sum(o.text) FILTER (WHERE o.role = 'module'), 0) AS text,
         coalesce(sum(o.data) FILTER (WHERE o.role = 'module'), 0) AS data,
         coalesce(sum(o.bss) FILTER (WHERE o.role = 'module'), 0) AS bss,
         coalesce(sum(o.total) FILTER (WHERE o.role = 'module'), 0) AS total,
         coalesce(sum(o.total) FILTER (WHERE o.role = 'linktime'), 0)
           AS linktime
    FROM members AS m
    JOIN objects AS o ON o.build = m.build AND o.path_id = m.path_id
   WHERE m.build = :build AND m.kind = 'module'
   GROUP BY m.image_id
), lives AS MATERIALIZED (
  -- How long sections of a name stay in this vmlinux, most of their bytes.
  SELECT section, lifetime, max(bytes)
    FROM (SELECT s.section, f.lifetime, sum(s.size) AS bytes
            FROM leaves AS v
            JOIN objects AS o ON o.build = v.build AND o.path_id = v.path_id
            JOIN placements AS f ON f.placement_set = o.placement_set
            JOIN sections AS s
              ON s.footprint = o.footprint AND s.ordinal = f.ordinal
           WHERE v.build = :build AND v.image = 'vmlinux'
             AND s.class <> 'debug' AND s.size > 0
             AND EXISTS (SELECT 1 FROM images
                          WHERE build = :build AND kind = 'module')
           GROUP BY s.section, f.lifetime)
   GROUP BY section
), built_in AS (
  SELECT m.image_id,
         sum(s.size) FILTER (
           WHERE coalesce((SELECT l.lifetime FROM lives AS l
                            WHERE l.section = s.section), f.lifetime)
                 = 'resident' AND s.class <> 'percpu') AS bytes
    FROM members AS m
    JOIN objects AS o ON o.build = m.build AND o.path_id = m.path_id
                     AND o.role = 'module'
    JOIN placements AS f ON f.placement_set = o.placement_set
    JOIN sections AS s ON s.footprint = o.footprint AND s.ordinal = f.ordinal
   WHERE m.build = :build AND m.kind = 'module' AND s.class <> 'debug'
     -- Where a .ko is measured as one object it has that, too.
     AND s.section <> '.gnu.linkonce.this_module'
   GROUP BY m.image_id
)
SELECT i.image AS module,
       coalesce(p.objects, 0) AS objects,
       CASE WHEN p.objects > 0 THEN p.text END AS text,
       CASE WHEN p.objects > 0 THEN p.data END AS data,
       CASE WHEN p.objects > 0 THEN p.bss END AS bss,
       CASE WHEN p.objects > 0 THEN p.total END AS total,
       coalesce(p.linktime, 0) AS linktime,
       i.total AS ko,
       i.path,
       l.core_bytes AS core,
       l.init_bytes AS init,
       l.pages,
       l.core_bytes - l.content_bytes AS padding,
       l.symbol_bytes AS symbols,
       l.percpu_bytes * :cpus AS copies,
       m.bytes AS loaded,
       b.bytes AS built_in,
       CASE WHEN l.core_bytes IS NULL
            THEN iif(i.total IS NULL, 'the .ko file is missing',
                     'no module to the loader, or audited by an older version')
            WHEN m.state <> 'Live'
            THEN 'was ' || lower(m.state)
            WHEN m.bytes <> l.core_bytes
            THEN printf('loaded: %+d%s', m.bytes - l.core_bytes,
                        iif(l.doubts = '', '', '; ' || l.doubts))
            -- What is as loaded leaves no doubt.
            WHEN m.bytes IS NULL THEN l.doubts
            ELSE '' END AS note
  FROM images AS i
  LEFT JOIN parts AS p ON p.image_id = i.image_id
  LEFT JOIN module_loads AS l ON l.build = :build AND l.image_id = i.image_id
  LEFT JOIN built_in AS b ON b.image_id = i.image_id
  LEFT JOIN loaded_modules AS m
    ON m.trace = (SELECT trace FROM captured)
   AND m.module = replace(i.image, '-', '_')
 WHERE i.build = :build AND i.kind = 'module'
