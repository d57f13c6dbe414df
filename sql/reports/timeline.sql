-- title: Live memory over time
-- group: dynamic
-- see: timeline-by-branch peak
-- text: Buckets of equal width, at most --resolution of them (as many as are
--   stored: up to a thousand of the whole trace, 120 of a branch). With --branch
--   or --no-tracing pages, per-CPU memory and waste are not known. Do not add
--   pages and per-CPU memory to the rest: slabs are made of pages.
-- param: build use the newest trace of this build; default: the newest trace
-- param: trace
-- param: branch
-- param: tracing
-- param: resolution=60
-- column: start_ns ns asc  start of the bucket, on the clock of the trace
-- column: live_bytes bytes  live at its end: malloc_bytes + cache_bytes
-- column: malloc_bytes bytes  of the kmalloc family
-- column: cache_bytes bytes  of the kmem_cache_alloc family
-- column: top_bytes bytes  peak of malloc + cache within it
-- column: page_bytes bytes  pages, live at its end
-- column: percpu_bytes bytes  per-CPU memory, live at its end
-- column: waste_bytes bytes  internal fragmentation of malloc + cache, live at its end; NULL: not known
-- order: start_ns
-- empty: nothing was allocated there, or the trace was imported by a version that did not know the peaks of branches
-- footer: coverage-line
WITH own AS MATERIALIZED (
  SELECT start_ns, malloc_bytes, cache_bytes, top_bytes
    FROM branch_timelines
   WHERE trace = :trace AND branch = :branch AND (:branch <> '' OR NOT :tracing)
     -- Without what tracing allocated: another one only where there is some.
     AND tracing = (SELECT min(tracing) FROM branch_peaks
                     WHERE trace = :trace AND branch = :branch
                       AND tracing >= :tracing)
), points AS MATERIALIZED (
  SELECT start_ns, malloc_bytes, cache_bytes, top_bytes, page_bytes,
         percpu_bytes, waste_bytes
    FROM timelines
   WHERE trace = :trace AND :branch = '' AND :tracing
  UNION ALL
  -- A bucket in which nothing changed ends as the one before.
  SELECT g.start_ns,
         coalesce((SELECT malloc_bytes FROM own WHERE start_ns <= g.start_ns
                    ORDER BY start_ns DESC LIMIT 1), 0) AS malloc_bytes,
         coalesce((SELECT cache_bytes FROM own WHERE start_ns <= g.start_ns
                    ORDER BY start_ns DESC LIMIT 1), 0) AS cache_bytes,
         coalesce((SELECT CASE start_ns WHEN g.start_ns THEN top_bytes
                               ELSE malloc_bytes + cache_bytes END
                     FROM own WHERE start_ns <= g.start_ns
                    ORDER BY start_ns DESC LIMIT 1), 0) AS top_bytes,
         NULL,
         NULL,
         NULL
    FROM branch_timelines AS g
   WHERE g.trace = :trace AND g.branch = '' AND g.tracing
     AND (:branch <> '' OR NOT :tracing)
), numbered AS (
  -- As many in each of the rows that are shown, but for the last.
  SELECT *,
         (row_number() OVER (ORDER BY start_ns) - 1)
           / ((count(*) OVER () + :resolution - 1) / :resolution) AS bucket
    FROM points
), merged AS (
  -- The row that max() is from, the last one, gives the rest.
  SELECT max(start_ns), malloc_bytes, cache_bytes, page_bytes, percpu_bytes,
         waste_bytes, bucket
    FROM numbered
   GROUP BY bucket
), tops AS (
  SELECT bucket, min(start_ns) AS start_ns, max(top_bytes) AS top_bytes
    FROM numbered
   GROUP BY bucket
)
SELECT t.start_ns,
       m.malloc_bytes + m.cache_bytes AS live_bytes,
       m.malloc_bytes,
       m.cache_bytes,
       t.top_bytes,
       m.page_bytes,
       m.percpu_bytes,
       m.waste_bytes
  FROM merged AS m
  JOIN tops AS t USING (bucket)
