-- title: Live memory of each directory over time
-- text: The live kmalloc and kmem_cache bytes of the next level of directories,
--   in 200 steps of equal width; a row where a directory's bytes changed in a
--   step. Reads every allocation of the trace: half a second for 400,000.
-- param: build use the newest trace of this build; default: the newest trace
-- param: trace
-- param: branch
-- param: malloc
-- param: cache
-- param: tracing
-- column: start_ns ns asc  start of the step, on the clock of the trace
-- column: path text  directory, or an object directly in the branch, or why there is none
-- column: live_bytes bytes  live at the end of the step
-- order: start_ns, path
-- empty: nothing was allocated there
-- footer: coverage-line
WITH span AS MATERIALIZED (
  SELECT begin_ns, (end_ns - begin_ns) / 200 + 1 AS width
    FROM traces
   WHERE trace = :trace
), home AS MATERIALIZED (
  SELECT site, kind, dir_level(place, :branch, 1) AS path
    FROM site_sums
   WHERE trace = :trace
     AND (kind = 'malloc' AND :malloc OR kind = 'cache' AND :cache)
     AND (:tracing OR NOT tracing)
     AND (:branch = '' OR in_branch(place, :branch))
), raw AS MATERIALIZED (
  -- Apart from the sums: SQLite leaves out joins that nothing needs only
  -- where nothing is grouped.
  SELECT site, kind, (alloc_ns - begin_ns) / width AS first,
         (free_ns - begin_ns) / width AS last, bytes_alloc
    FROM allocations, span
   WHERE trace = :trace AND kind IN ('malloc', 'cache') AND ending <> 'unknown'
), steps AS MATERIALIZED (
  -- First by site: a directory's name is not looked up for each allocation.
  SELECT site, kind, first, last, sum(bytes_alloc) AS bytes
    FROM raw
   GROUP BY 1, 2, 3, 4
), change AS (
  SELECT h.path, s.first AS step, s.bytes
    FROM steps AS s JOIN home AS h ON h.site = s.site AND h.kind = s.kind
  UNION ALL
  SELECT h.path, s.last, -s.bytes
    FROM steps AS s JOIN home AS h ON h.site = s.site AND h.kind = s.kind
   WHERE s.last IS NOT NULL
), net AS (
  SELECT path, step, sum(bytes) AS bytes
    FROM change
   GROUP BY path, step
)
SELECT begin_ns + step * width AS start_ns,
       path,
       sum(bytes) OVER (PARTITION BY path ORDER BY step) AS live_bytes
  FROM net, span
