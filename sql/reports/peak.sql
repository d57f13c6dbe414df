-- title: What was alive when the most was
-- text: The composition of kmalloc and kmem_cache memory at the moment of the
--   trace at which their sum was largest (report traces says how much that
--   was, and timeline when).
-- param: build the newest trace of this build; default: of any
-- param: trace
-- param: branch
-- param: malloc
-- param: cache
-- param: tracing
-- column: caller text  the call's return address, symbol+0xoff; - where none was printed
-- column: path text  the object that holds the call; in parentheses why there is none (coverage explains)
-- column: kind text  malloc or cache
-- column: peak_bytes bytes sum  given to what was alive at the peak
-- column: percent percent sum  share of all peak_bytes shown
-- column: allocs count sum  allocations in the whole trace
-- column: frees count sum  those whose free was seen
-- column: live count sum  those alive at the end
-- column: total_bytes bytes sum  given by all allocations
-- column: live_bytes bytes sum  given to those alive at the end
-- column: waste_bytes bytes sum  of live_bytes not asked for
-- column: owner text  the function that asked, past inlined allocator headers
-- order: peak_bytes, caller
-- empty: nothing was alive there
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
       owner
  FROM site_sums
 WHERE trace = :trace
   AND (kind = 'malloc' AND :malloc OR kind = 'cache' AND :cache)
   AND (:tracing OR NOT tracing)
   AND (:branch = '' OR in_branch(place, :branch))
   AND peak_bytes > 0
