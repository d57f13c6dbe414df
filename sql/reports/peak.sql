-- title: Live memory at its peak, by call site
-- group: dynamic
-- see: timeline dynamic
-- text: What was live from kmalloc and kmem_cache when their sum was largest.
--   With --branch, --malloc or --cache it is that part of the composition at
--   the peak of the whole. Each call site has its own peak, too, at a time of
--   its own; report traces has those of a branch, and timeline the way there.
-- param: build use the newest trace of this build; default: the newest trace
-- param: trace
-- param: image=all that the calls are in: vmlinux, modules, the name of one; default: all
-- param: branch
-- param: malloc
-- param: cache
-- param: tracing
-- column: caller text  return address of the call, symbol+0xoff; - if none was printed
-- column: path text  object that contains the call; in parentheses why there is none (see coverage)
-- column: kind text wide  malloc or cache
-- column: peak_bytes bytes sum  live bytes at the peak
-- column: percent percent sum  share of the peak_bytes shown
-- column: allocs count sum wide  allocations in the whole trace
-- column: frees count sum wide  allocations whose free was seen
-- column: live count sum wide  allocations alive at the end
-- column: total_bytes bytes sum wide  bytes of all allocations
-- column: live_bytes bytes sum  bytes of the live ones
-- column: waste_bytes bytes sum wide  internal fragmentation: live_bytes minus the bytes requested
-- column: owner text wide  function that requested the memory, outside inlined allocator headers
-- column: own_peak_bytes bytes  the most that the call site had live at one time
-- column: own_peak_ns ns wide  when that was, on the clock of the trace
-- order: peak_bytes, caller
-- empty: nothing was live there at the peak
-- footer: coverage-line
SELECT caller,
       place AS path,
       kind,
       peak_bytes,
       100.0 * peak_bytes / nullif(sum(peak_bytes) OVER (), 0) AS percent,
       allocs,
       frees,
       live,
       total_bytes,
       live_bytes,
       waste_bytes,
       owner,
       (SELECT p.peak_bytes FROM site_peaks AS p
         WHERE p.trace = :trace AND p.site = s.site AND p.kind = s.kind)
         AS own_peak_bytes,
       (SELECT p.peak_ns FROM site_peaks AS p
         WHERE p.trace = :trace AND p.site = s.site AND p.kind = s.kind)
         AS own_peak_ns
  FROM site_sums AS s
 WHERE trace = :trace
   AND (kind = 'malloc' AND :malloc OR kind = 'cache' AND :cache)
   AND (:tracing OR NOT tracing)
   AND (:branch = '' OR in_branch(place, :branch))
   AND (:image = 'all' OR image = :image
        OR :image = 'modules' AND image <> 'vmlinux')
   AND peak_bytes > 0
