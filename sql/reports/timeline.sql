-- title: Live memory over the time of the trace
-- text: Buckets of one width; at most some thousand of them, however long the
--   trace is. Pages and per-CPU memory are not to be added to the rest: slabs
--   are made of pages.
-- param: build the newest trace of this build; default: of any
-- param: trace
-- column: start_ns ns asc  when the bucket begins, on the trace's clock
-- column: live_bytes bytes  alive at its end: malloc_bytes + cache_bytes
-- column: malloc_bytes bytes  of kmalloc and its kin
-- column: cache_bytes bytes  of kmem_caches
-- column: top_bytes bytes  the most that malloc + cache had within it
-- column: page_bytes bytes  of pages, alive at its end
-- column: percpu_bytes bytes  of per-CPU memory, alive at its end
-- order: start_ns
-- empty: the trace has no time line
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
