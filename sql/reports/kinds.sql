-- title: Memory by kind: kmalloc, kmem_cache, pages and per-CPU memory
-- group: dynamic
-- see: malloc-vs-cache vmalloc
-- text: There is no line of sums on purpose: slabs are made of pages, so the
--   bytes of malloc and cache are in page once more. Page events have no
--   caller, so a branch has pages only if stacks were traced. vmalloc has no
--   event of its own, but its pages do.
-- param: build use the newest trace of this build; default: the newest trace
-- param: trace
-- param: branch
-- param: tracing
-- column: kind text  malloc (the kmalloc family), cache (the kmem_cache_alloc family), page or percpu
-- column: sites count  call sites that allocated
-- column: allocs count  allocations: frees + implicit + live + unknown
-- column: frees count  allocations whose free was seen
-- column: live count  allocations alive at the end
-- column: total_bytes bytes  bytes of all allocations
-- column: live_bytes bytes  bytes of the live ones
-- column: waste_bytes bytes  internal fragmentation: live_bytes minus the bytes requested
-- column: implicit count wide  allocations whose pointer was returned again: their free was missed
-- column: unknown count wide  allocations whose pointer was hidden
-- column: failed count wide  calls that returned NULL; not counted above
-- column: null_free count wide  frees of NULL
-- column: unmatched_free count wide  frees whose allocation was not seen
-- order: live_bytes, total_bytes, kind
-- empty: nothing was allocated there
-- footer: coverage-line
SELECT kind,
       count(DISTINCT site) FILTER (WHERE allocs > 0) AS sites,
       sum(allocs) AS allocs,
       sum(frees) AS frees,
       sum(live) AS live,
       sum(total_bytes) AS total_bytes,
       sum(live_bytes) AS live_bytes,
       sum(waste_bytes) AS waste_bytes,
       sum(implicit) AS implicit,
       sum(unknown) AS unknown,
       sum(failed) AS failed,
       sum(null_free) AS null_free,
       sum(unmatched_free) AS unmatched_free
  FROM site_sums
 WHERE trace = :trace
   AND (:tracing OR NOT tracing)
   AND (:branch = '' OR in_branch(place, :branch))
 GROUP BY kind
