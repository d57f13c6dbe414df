-- title: Static memory by directory
-- group: static
-- see: objects init
-- text: Sizes of the objects below a directory, summed to the next level of
--   directories. Sizes are those of binutils size, object by object. What belongs
--   to no object has rows of its own, in parentheses: kallsyms, tables of the
--   linker script, fill, and what the link takes away; it is not divided into
--   text, data and bss, and not shown below a branch. Where the link is known
--   (vmlinux), total adds up to the image; report reconcile has each line.
-- text: total is resident + init + discard, by where the final link placed each
--   section. Per-CPU data is a template (counted as init if boot frees it) and
--   a copy for each possible CPU: after boot, a directory takes resident +
--   copies. Objects of boot stages and the vDSO have no lifetimes.
-- param: build
-- param: image
-- param: branch
-- param: depth=1
-- param: cpus
-- column: path text  directory, or an object directly in the branch; in parentheses what belongs to no object
-- column: objects count sum  objects in and below it
-- column: text bytes sum  code and constant data
-- column: data bytes sum  initialised data
-- column: bss bytes sum  zero-initialised data
-- column: total bytes sum bar  text + data + bss
-- column: percent percent sum  share of the total shown
-- column: resident bytes sum  of total: stays as long as the kernel or the module
-- column: init bytes sum  of total: freed after boot, or after the init function of a module
-- column: discard bytes sum wide  of total: never reaches the image
-- column: percpu bytes sum wide  of total: the template of per-CPU data
-- column: copies bytes sum wide=cpus  percpu for each of --cpus CPUs
-- order: total, path
-- empty: no object of that image is in that branch: try --image all
-- footer: skips-line
WITH chosen AS MATERIALIZED (
  SELECT dir_level(o.path, :branch, :depth) AS path,
         o.text, o.data, o.bss, o.total, o.footprint, o.placement_set
    FROM objects AS o
   WHERE o.build = :build
     AND o.path_id IN (SELECT path_id FROM leaves
                        WHERE build = :build AND image = :image)
     AND in_branch(o.path, :branch)
), parts AS (
  -- The objects, then their sections: SQLite would compare each object with
  -- each if sums by object were joined.
  SELECT path, 1 AS objects, text, data, bss, total,
         NULL AS lifetime, 0 AS size, 0 AS percpu
    FROM chosen
  UNION ALL
  SELECT c.path, 0, 0, 0, 0, 0,
         f.lifetime, s.size, iif(s.class = 'percpu', s.size, 0)
    FROM chosen AS c
    JOIN placements AS f ON f.placement_set = c.placement_set
    JOIN sections AS s
      ON s.footprint = c.footprint AND s.ordinal = f.ordinal
   WHERE s.class <> 'debug'
), lives AS MATERIALIZED (
  -- How long what is in an output section of the image stays.
  SELECT f.output, max(f.lifetime) AS lifetime
    FROM (SELECT DISTINCT placement_set FROM chosen) AS c
    JOIN placements AS f ON f.placement_set = c.placement_set
   WHERE :branch = '' AND f.lifetime <> 'discard'
   GROUP BY f.output
), costs AS (
  SELECT '(' || c.what
             || iif(c.what IN ('script', 'linker'), ' ' || c.subject, '')
             || ')' AS path,
         c.bytes,
         CASE c.what WHEN 'discards' THEN 'discard'
                     ELSE coalesce((SELECT l.lifetime FROM lives AS l
                                     WHERE l.output = c.subject), 'resident')
         END AS lifetime
    FROM link_costs AS c
   WHERE c.build = :build AND c.image = :image AND :branch = ''
     -- Nothing is added to what is not there.
     AND EXISTS (SELECT 1 FROM chosen)
), rows AS (
  SELECT path,
         sum(objects) AS objects,
         sum(text) AS text,
         sum(data) AS data,
         sum(bss) AS bss,
         sum(total) AS total,
         coalesce(sum(size) FILTER (WHERE lifetime = 'resident'), 0) AS resident,
         coalesce(sum(size) FILTER (WHERE lifetime = 'init'), 0) AS init,
         coalesce(sum(size) FILTER (WHERE lifetime = 'discard'), 0) AS discard,
         coalesce(sum(percpu) FILTER (WHERE lifetime <> 'discard'), 0) AS percpu
    FROM parts
   GROUP BY path
  UNION ALL
  SELECT path, 0, NULL, NULL, NULL, sum(bytes),
         coalesce(sum(bytes) FILTER (WHERE lifetime = 'resident'), 0),
         coalesce(sum(bytes) FILTER (WHERE lifetime = 'init'), 0),
         coalesce(sum(bytes) FILTER (WHERE lifetime = 'discard'), 0),
         0
    FROM costs
   GROUP BY path
)
SELECT path,
       objects,
       text,
       data,
       bss,
       total,
       100.0 * total / nullif(sum(total) OVER (), 0) AS percent,
       resident,
       init,
       discard,
       percpu,
       percpu * :cpus AS copies
  FROM rows
