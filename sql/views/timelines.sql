-- view: timelines
-- title: Live bytes over the time of each trace, in buckets of equal width.
-- column: trace id       the trace
-- column: ordinal id     number of the bucket, from 0
-- column: start_ns ns    when it begins, on the trace's clock
-- column: malloc_bytes bytes   live at its end, of the kmalloc family
-- column: cache_bytes bytes   likewise, of kmem_caches
-- column: slab_bytes bytes   malloc_bytes + cache_bytes
-- column: top_bytes bytes   peak of malloc + cache within it
-- column: page_bytes bytes   of pages; slabs are made of them
-- column: percpu_bytes bytes   of per-CPU memory
-- column: waste_bytes bytes   internal fragmentation of malloc + cache at its end; NULL in a trace imported before version 6
CREATE VIEW timelines AS
SELECT trace,
       ordinal,
       start_ns,
       malloc AS malloc_bytes,
       cache AS cache_bytes,
       malloc + cache AS slab_bytes,
       top_bytes,
       page AS page_bytes,
       percpu AS percpu_bytes,
       waste_bytes
  FROM timeline;
