-- title: Every kind of memory that the trace saw, pages and per-CPU memory too
-- text: There is no line of sums on purpose: slabs are made of pages, so what
--   malloc and cache show is in page once more. Page events print no caller,
--   so a branch has pages only where stacks were traced. vmalloc makes no
--   event at all, but its pages do.
-- param: build the newest trace of this build; default: of any
-- param: trace
-- param: branch
-- param: tracing
-- column: kind text  malloc (kmalloc and its kin), cache (kmem_cache_alloc and its kin), page or percpu
-- column: sites count  call sites that allocated
-- column: allocs count  allocations: frees + implicit + live + unknown
-- column: frees count  those whose free was seen
-- column: live count  those alive at the end
-- column: total_bytes bytes  given by all allocations
-- column: live_bytes bytes  given to those alive at the end
-- column: waste_bytes bytes  of live_bytes not asked for
-- column: implicit count  those whose pointer came again, so that their free was missed
-- column: unknown count  those whose pointer was hidden
-- column: failed count  calls that returned NULL; in none of the above
-- column: null_free count  frees of NULL
-- column: unmatched_free count  frees whose allocation was not seen
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
