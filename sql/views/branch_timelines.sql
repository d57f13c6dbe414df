-- view: branch_timelines
-- title: Live bytes of each branch over time, in buckets of equal width.
-- text: The whole trace (branch '') has every bucket, other branches those in
--   which something changed: what is live at the end of a bucket stays so.
-- column: trace id       the trace
-- column: branch text    as in branch_peaks
-- column: tracing id     as in branch_peaks
-- column: start_ns ns    when the bucket begins, on the trace's clock
-- column: malloc_bytes bytes   live at its end, of the kmalloc family
-- column: cache_bytes bytes   likewise, of kmem_caches
-- column: top_bytes bytes   peak of malloc + cache within it
CREATE VIEW branch_timelines AS
SELECT b.trace,
       b.path AS branch,
       b.tracing,
       p.start_ns,
       p.malloc AS malloc_bytes,
       p.cache AS cache_bytes,
       p.top_bytes
  FROM branch_peak AS b
  JOIN branch_point AS p ON p.trace = b.trace AND p.branch = b.number;
