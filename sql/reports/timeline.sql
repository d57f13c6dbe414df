-- title: Live memory over time
-- text: Buckets of equal width, at most a few thousand. Do not add pages and
--   per-CPU memory to the rest: slabs are made of pages.
-- param: build use the newest trace of this build; default: the newest trace
-- param: trace
-- column: start_ns ns asc  start of the bucket, on the clock of the trace
-- column: live_bytes bytes  live at its end: malloc_bytes + cache_bytes
-- column: malloc_bytes bytes  of the kmalloc family
-- column: cache_bytes bytes  of the kmem_cache_alloc family
-- column: top_bytes bytes  peak of malloc + cache within it
-- column: page_bytes bytes  pages, live at its end
-- column: percpu_bytes bytes  per-CPU memory, live at its end
-- order: start_ns
-- empty: the trace has no events
-- footer: coverage-line
SELECT start_ns,
       slab_bytes AS live_bytes,
       malloc_bytes,
       cache_bytes,
       top_bytes,
       page_bytes,
       percpu_bytes
  FROM timelines
 WHERE trace = :trace
