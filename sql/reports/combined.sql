-- title: Static and dynamic memory together, by directory
-- group: both
-- see: ram footprint
-- text: Static memory of the objects below a directory, and the memory from
--   kmalloc and kmem_cache that their code held when the trace ended. current is
--   what takes memory then: resident + copies + live_bytes; what boot frees and
--   what never reached the image is in static_bytes alone. With --image modules or the name of one, dynamic
--   memory is that of call sites in it. With vmlinux (the default) and all it
--   is that of all call sites, and without --branch those in no object have
--   rows of their own, in parentheses.
-- param: build use the newest trace of this build; default: the newest trace
-- param: trace
-- param: image
-- param: branch
-- param: depth=1
-- param: cpus
-- param: malloc
-- param: cache
-- param: tracing
-- column: path text  directory, or an object directly in the branch
-- column: objects count sum wide  objects of the image in and below it
-- column: text bytes sum wide  code and constant data
-- column: data bytes sum wide  initialised data
-- column: bss bytes sum wide  zero-initialised data
-- column: static_bytes bytes sum  text + data + bss
-- column: live_bytes bytes sum  dynamic memory alive at the end of the trace
-- column: waste_bytes bytes sum wide  internal fragmentation: live_bytes minus the bytes requested
-- column: current_bytes bytes sum  resident + copies + live_bytes
-- column: percent percent sum  share of the current_bytes shown
-- column: allocs count sum wide  allocations
-- column: frees count sum wide  allocations whose free was seen
-- column: live count sum wide  allocations alive at the end
-- column: total_bytes bytes sum wide  bytes of all allocations
-- column: resident bytes sum  of static_bytes: stays as long as the kernel or the module
-- column: copies bytes sum  per-CPU data for each of --cpus CPUs
-- order: current_bytes, live_bytes, path
-- empty: no object of that image is in that branch, and nothing was allocated there
-- footer: coverage-line
WITH chosen AS MATERIALIZED (
  SELECT o.path, o.text, o.data, o.bss, o.total, o.footprint, o.placement_set
    FROM objects AS o
   WHERE o.build = :build
     AND o.path_id IN (SELECT path_id FROM leaves
                        WHERE build = :build AND image = :image)
     AND in_branch(o.path, :branch)
), parts AS (
  SELECT dir_level(o.path, :branch, :depth) AS path,
         count(*) AS objects,
         sum(o.text) AS text,
         sum(o.data) AS data,
         sum(o.bss) AS bss,
         sum(o.total) AS static_bytes,
         0 AS live_bytes,
         0 AS waste_bytes,
         0 AS allocs,
         0 AS frees,
         0 AS live,
         0 AS total_bytes,
         -- Of what was not linked by the kernel's script nothing is freed.
         sum(iif(o.placement_set IS NULL, o.total, 0)) AS resident,
         0 AS percpu
    FROM chosen AS o
   GROUP BY 1
  UNION ALL
  SELECT dir_level(o.path, :branch, :depth),
         0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
         coalesce(sum(s.size) FILTER (WHERE f.lifetime = 'resident'), 0),
         coalesce(sum(s.size) FILTER (WHERE f.lifetime <> 'discard'
                                        AND s.class = 'percpu'), 0)
    FROM chosen AS o
    JOIN placements AS f ON f.placement_set = o.placement_set
    JOIN sections AS s
      ON s.footprint = o.footprint AND s.ordinal = f.ordinal
   WHERE s.class <> 'debug'
   GROUP BY 1
  UNION ALL
  SELECT dir_level(place, :branch, :depth),
         0, 0, 0, 0, 0,
         sum(live_bytes),
         sum(waste_bytes),
         sum(allocs),
         sum(frees),
         sum(live),
         sum(total_bytes),
         0, 0
    FROM site_sums
   WHERE trace = :trace
     AND (kind = 'malloc' AND :malloc OR kind = 'cache' AND :cache)
     AND (:tracing OR NOT tracing)
     AND (:branch = '' OR in_branch(place, :branch))
     AND (:image IN ('vmlinux', 'all')
          OR image = :image
          OR :image = 'modules' AND image <> 'vmlinux')
     AND allocs > 0
   GROUP BY 1
)
SELECT path,
       sum(objects) AS objects,
       sum(text) AS text,
       sum(data) AS data,
       sum(bss) AS bss,
       sum(static_bytes) AS static_bytes,
       sum(live_bytes) AS live_bytes,
       sum(waste_bytes) AS waste_bytes,
       sum(resident + percpu * :cpus + live_bytes) AS current_bytes,
       100.0 * sum(resident + percpu * :cpus + live_bytes)
             / nullif(sum(sum(resident + percpu * :cpus + live_bytes)) OVER (), 0)
         AS percent,
       sum(allocs) AS allocs,
       sum(frees) AS frees,
       sum(live) AS live,
       sum(total_bytes) AS total_bytes,
       sum(resident) AS resident,
       sum(percpu) * :cpus AS copies
  FROM parts
 GROUP BY path
