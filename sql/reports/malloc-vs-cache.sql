-- title: kmalloc against kmem_cache
-- text: How the memory of the branch is divided between the size classes of
--   kmalloc and caches of their own. Pages and per-CPU memory are no part of
--   it: slabs are made of pages (report kinds).
-- param: build the newest trace of this build; default: of any
-- param: trace
-- param: branch
-- param: malloc
-- param: cache
-- param: tracing
-- column: kind text  malloc (kmalloc and its kin) or cache (kmem_cache_alloc and its kin)
-- column: sites count sum  call sites that allocated
-- column: allocs count sum  allocations
-- column: frees count sum  those whose free was seen
-- column: live count sum  those alive at the end
-- column: total_bytes bytes sum  given by all allocations
-- column: live_bytes bytes sum  given to those alive at the end
-- column: waste_bytes bytes sum  of live_bytes not asked for
-- column: percent percent sum  share of the live_bytes of both
-- column: total_waste_bytes bytes sum  of total_bytes not asked for
-- column: peak_bytes bytes sum  alive when the most was
-- order: live_bytes, total_bytes, kind
-- empty: nothing was allocated there
-- footer: coverage-line
SELECT kind,
       count(DISTINCT site) AS sites,
       sum(allocs) AS allocs,
       sum(frees) AS frees,
       sum(live) AS live,
       sum(total_bytes) AS total_bytes,
       sum(live_bytes) AS live_bytes,
       sum(waste_bytes) AS waste_bytes,
       100.0 * sum(live_bytes)
             / nullif(sum(sum(live_bytes)) OVER (), 0) AS percent,
       sum(total_waste_bytes) AS total_waste_bytes,
       sum(peak_bytes) AS peak_bytes
  FROM site_sums
 WHERE trace = :trace
   AND (kind = 'malloc' AND :malloc OR kind = 'cache' AND :cache)
   AND (:tracing OR NOT tracing)
   AND (:branch = '' OR in_branch(place, :branch))
   AND allocs > 0
 GROUP BY kind
