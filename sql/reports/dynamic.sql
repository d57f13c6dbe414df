-- title: Dynamic memory by directory
-- group: dynamic
-- see: waste owners
-- text: Memory from kmalloc and kmem_cache of the call sites below a directory,
--   summed to the next level of directories. Without --branch, sites in no
--   object have rows of their own, in parentheses, so that the sums are those
--   of the whole trace. peak_bytes is what a row had when the whole trace was
--   at its peak; own_peak_bytes the most that it ever had, which does not add
--   up (empty with --image, and for traces that an older version imported).
-- param: build use the newest trace of this build; default: the newest trace
-- param: trace
-- param: image=all that the calls are in: vmlinux, modules, the name of one; default: all
-- param: branch
-- param: depth=1
-- param: malloc
-- param: cache
-- param: tracing
-- column: path text  directory, or an object directly in the branch, or why there is none
-- column: sites count sum wide  call sites that allocated
-- column: allocs count sum  allocations
-- column: frees count sum wide  allocations whose free was seen
-- column: live count sum  allocations alive at the end
-- column: total_bytes bytes sum wide  bytes of all allocations
-- column: live_bytes bytes sum bar  bytes of the live ones
-- column: waste_bytes bytes sum  internal fragmentation: live_bytes minus the bytes requested
-- column: percent percent sum  share of the live_bytes shown
-- column: peak_bytes bytes sum wide  live bytes at the peak of malloc + cache
-- column: own_peak_bytes bytes  the most that was live there at one time
-- column: own_peak_ns ns  when that was, on the clock of the trace
-- order: live_bytes, total_bytes, path
-- empty: nothing was allocated there
-- footer: coverage-line
WITH sums AS (
  SELECT dir_level(place, :branch, :depth) AS path,
         count(DISTINCT site) AS sites,
         sum(allocs) AS allocs,
         sum(frees) AS frees,
         sum(live) AS live,
         sum(total_bytes) AS total_bytes,
         sum(live_bytes) AS live_bytes,
         sum(waste_bytes) AS waste_bytes,
         100.0 * sum(live_bytes)
               / nullif(sum(sum(live_bytes)) OVER (), 0) AS percent,
         sum(peak_bytes) AS peak_bytes
    FROM site_sums
   WHERE trace = :trace
     AND (kind = 'malloc' AND :malloc OR kind = 'cache' AND :cache)
     AND (:tracing OR NOT tracing)
     AND (:branch = '' OR in_branch(place, :branch))
     AND (:image = 'all' OR image = :image
          OR :image = 'modules' AND image <> 'vmlinux')
     AND allocs > 0
   GROUP BY 1
)
SELECT s.*,
       -- Without what tracing allocated only where there is some.
       (SELECT CASE WHEN :malloc AND :cache THEN b.slab_peak_bytes
                    WHEN :malloc THEN b.malloc_peak_bytes
                    ELSE b.cache_peak_bytes END
          FROM branch_peaks AS b
         WHERE b.trace = :trace AND b.branch = s.path AND b.tracing >= :tracing
           AND :image = 'all'
         ORDER BY b.tracing
         LIMIT 1) AS own_peak_bytes,
       (SELECT nullif(CASE WHEN :malloc AND :cache THEN b.slab_peak_ns
                           WHEN :malloc THEN b.malloc_peak_ns
                           ELSE b.cache_peak_ns END, 0)
          FROM branch_peaks AS b
         WHERE b.trace = :trace AND b.branch = s.path AND b.tracing >= :tracing
           AND :image = 'all'
         ORDER BY b.tracing
         LIMIT 1) AS own_peak_ns
  FROM sums AS s
