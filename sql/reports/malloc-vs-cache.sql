-- title: kmalloc against kmem_cache
-- group: dynamic
-- see: frequent kinds
-- text: How the memory of the branch is divided between kmalloc's size classes
--   and dedicated caches. Pages and per-CPU memory are not included: slabs are
--   made of pages (report kinds).
-- param: build use the newest trace of this build; default: the newest trace
-- param: trace
-- param: image=all that the calls are in: vmlinux, modules, the name of one; default: all
-- param: branch
-- param: malloc
-- param: cache
-- param: tracing
-- column: kind text  malloc (the kmalloc family) or cache (the kmem_cache_alloc family)
-- column: sites count sum  call sites that allocated
-- column: allocs count sum  allocations
-- column: frees count sum wide  allocations whose free was seen
-- column: live count sum  allocations alive at the end
-- column: total_bytes bytes sum  bytes of all allocations
-- column: live_bytes bytes sum  bytes of the live ones
-- column: waste_bytes bytes sum  internal fragmentation: live_bytes minus the bytes requested
-- column: percent percent sum  share of the live_bytes of both
-- column: total_waste_bytes bytes sum wide  the same over all allocations
-- column: peak_bytes bytes sum wide  live bytes at the peak of malloc + cache
-- column: own_peak_bytes bytes  the most of the kind that was live there at one time; empty with --image
-- column: own_peak_ns ns wide  when that was, on the clock of the trace
-- order: live_bytes, total_bytes, kind
-- empty: nothing was allocated there
-- footer: coverage-line
WITH own AS (
  -- Without what tracing allocated it is another one only where there is some.
  SELECT malloc_peak_bytes, malloc_peak_ns, cache_peak_bytes, cache_peak_ns,
         min(tracing)
    FROM branch_peaks
   WHERE trace = :trace AND branch = :branch AND tracing >= :tracing
)
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
       sum(peak_bytes) AS peak_bytes,
       CASE WHEN :image <> 'all' THEN NULL
            WHEN kind = 'malloc' THEN malloc_peak_bytes
            ELSE cache_peak_bytes END AS own_peak_bytes,
       CASE WHEN :image <> 'all' THEN NULL
            ELSE nullif(CASE kind WHEN 'malloc' THEN malloc_peak_ns
                                  ELSE cache_peak_ns END, 0)
       END AS own_peak_ns
  FROM site_sums, own
 WHERE trace = :trace
   AND (kind = 'malloc' AND :malloc OR kind = 'cache' AND :cache)
   AND (:tracing OR NOT tracing)
   AND (:branch = '' OR in_branch(place, :branch))
   AND (:image = 'all' OR image = :image
        OR :image = 'modules' AND image <> 'vmlinux')
   AND allocs > 0
 GROUP BY kind
