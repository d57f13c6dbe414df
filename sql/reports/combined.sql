-- title: Static and dynamic memory together, by directory
-- text: What the objects below a directory cost in the image, and what their
--   code held by kmalloc and kmem_cache when the trace ended. current is the
--   sum of the two: what that part of the kernel takes at that moment. The
--   image is about the static part; dynamic memory counts for whatever image
--   its caller is in. Without --branch, call sites in no object have rows of
--   their own, in parentheses.
-- param: build the newest trace of this build; default: of any
-- param: trace
-- param: image
-- param: branch
-- param: depth=1
-- param: malloc
-- param: cache
-- param: tracing
-- column: path text  directory, or an object that stands directly in the branch
-- column: objects count sum  objects of the image at and below it
-- column: text bytes sum  code and constant data
-- column: data bytes sum  initialised data
-- column: bss bytes sum  zero-initialised data
-- column: static_bytes bytes sum  text + data + bss
-- column: live_bytes bytes sum  dynamic memory alive at the end of the trace
-- column: waste_bytes bytes sum  of live_bytes not asked for
-- column: current_bytes bytes sum  static_bytes + live_bytes
-- column: percent percent sum  share of all current_bytes shown
-- column: allocs count sum  allocations
-- column: frees count sum  those whose free was seen
-- column: live count sum  those alive at the end
-- column: total_bytes bytes sum  given by all allocations
-- order: current_bytes, live_bytes, path
-- empty: nothing is there, and nothing was allocated
-- footer: coverage-line
WITH parts AS (
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
         0 AS total_bytes
    FROM objects AS o
   WHERE o.build = :build
     AND o.path_id IN (SELECT path_id FROM leaves
                        WHERE build = :build AND image = :image)
     AND in_branch(o.path, :branch)
   GROUP BY 1
  UNION ALL
  SELECT dir_level(place, :branch, :depth),
         0, 0, 0, 0, 0,
         sum(live_bytes),
         sum(waste_bytes),
         sum(allocs),
         sum(frees),
         sum(live),
         sum(total_bytes)
    FROM site_sums
   WHERE trace = :trace
     AND (kind = 'malloc' AND :malloc OR kind = 'cache' AND :cache)
     AND (:tracing OR NOT tracing)
     AND (:branch = '' OR in_branch(place, :branch))
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
       sum(static_bytes + live_bytes) AS current_bytes,
       100.0 * sum(static_bytes + live_bytes)
             / nullif(sum(sum(static_bytes + live_bytes)) OVER (), 0)
         AS percent,
       sum(allocs) AS allocs,
       sum(frees) AS frees,
       sum(live) AS live,
       sum(total_bytes) AS total_bytes
  FROM parts
 GROUP BY path
