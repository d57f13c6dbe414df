-- title: Live memory of each directory over time
-- group: dynamic
-- see: timeline peak
-- text: The live kmalloc and kmem_cache bytes of the next level of directories, in
--   up to 120 steps of equal width; a row where a directory's bytes changed in a
--   step: between its rows they stay.
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
-- empty: nothing was allocated there, or the trace was imported by a version that did not know the peaks of branches
-- footer: coverage-line
WITH level AS MATERIALIZED (
  SELECT branch, min(tracing) AS tracing
    FROM branch_peaks
   WHERE trace = :trace AND branch <> '' AND branch <> :branch
     AND tracing >= :tracing
     AND (:branch = '' OR in_branch(branch, :branch))
     AND dir_level(branch, :branch, 1) = branch
   GROUP BY branch
)
SELECT t.start_ns,
       l.branch AS path,
       t.malloc_bytes * :malloc + t.cache_bytes * :cache AS live_bytes
  FROM level AS l
  JOIN branch_timelines AS t ON t.branch = l.branch AND t.tracing = l.tracing
 WHERE t.trace = :trace
