-- title: Live objects of the trace against /proc/slabinfo, by object size
-- group: trust
-- see: caches coverage
-- text: Objects that slabinfo counts and the trace does not have were allocated
--   before tracing began, or in bulk, which has no event. Rows are object
--   sizes, because allocations before 6.18 do not name their cache and merged
--   caches share one: a row has all caches of that object size, those of
--   kmalloc included. slabinfo counts free objects of per-CPU slabs as in use,
--   so even a complete trace stays a little below 100 %; objects freed without
--   an event (kfree_rcu in bulk) raise the percentage.
-- param: build use the newest trace of this build; default: the newest trace
-- param: trace
-- column: object_bytes bytes  size of an object
-- column: caches text wrap  caches of that size, those with the most objects first; - if slabinfo has none (large kmallocs)
-- column: active_objects count sum  objects in use (slabinfo)
-- column: live_seen count sum  objects alive at the end of the trace
-- column: missing count sum  active_objects - live_seen, if positive
-- column: percent percent  live_seen of active_objects
-- column: active_bytes bytes sum wide  active_objects * object_bytes
-- column: live_bytes bytes sum wide  live_seen * object_bytes
-- column: missing_bytes bytes sum  missing * object_bytes
-- order: missing_bytes, active_bytes, object_bytes
-- empty: no slabinfo was captured with this trace
-- footer: coverage-line
WITH ranked AS (
  SELECT cache, object_bytes, active_objects,
         row_number() OVER (PARTITION BY object_bytes
                                ORDER BY active_objects DESC, cache) AS rank
    FROM slabs
   WHERE trace = :trace
), counted AS (
  SELECT object_bytes,
         sum(active_objects) AS active_objects,
         group_concat(cache, ' ') FILTER (WHERE rank <= 3)
           || CASE WHEN count(*) > 3
                   THEN printf(' and %d more', count(*) - 3) ELSE '' END
           AS caches
    FROM (SELECT * FROM ranked ORDER BY object_bytes, rank)
   GROUP BY object_bytes
), seen AS (
  SELECT bytes_alloc AS object_bytes, sum(live) AS live
    FROM live_sizes
   WHERE trace = :trace AND kind IN ('malloc', 'cache')
   GROUP BY bytes_alloc
), sizes AS (
  SELECT object_bytes FROM counted
  UNION
  SELECT object_bytes FROM seen
), both AS (
  SELECT object_bytes,
         coalesce(c.caches, '-') AS caches,
         coalesce(c.active_objects, 0) AS active,
         coalesce(s.live, 0) AS live
    FROM sizes
    LEFT JOIN counted AS c USING (object_bytes)
    LEFT JOIN seen AS s USING (object_bytes)
   WHERE EXISTS (SELECT 1 FROM counted)
)
SELECT object_bytes,
       caches,
       active AS active_objects,
       live AS live_seen,
       max(0, active - live) AS missing,
       100.0 * live / nullif(active, 0) AS percent,
       active * object_bytes AS active_bytes,
       live * object_bytes AS live_bytes,
       max(0, active - live) * object_bytes AS missing_bytes
  FROM both
 WHERE active > 0 OR live > 0
