-- title: Memory that allocations hold and did not ask for, by call site
-- text: Waste is what kmalloc and kmem_cache gave beyond what was asked for, in
--   allocations alive at the end of the trace (waste_bytes) and in all of them
--   (total_waste_bytes). Call sites without any are not shown; report
--   accounting has them all. Pages and per-CPU memory are in neither: slabs
--   are made of pages (report kinds).
-- param: build the newest trace of this build; default: of any
-- param: trace
-- param: branch
-- param: malloc
-- param: cache
-- param: tracing
-- column: caller text  the call's return address, symbol+0xoff; - where none was printed
-- column: path text  the object that holds the call; in parentheses why there is none (coverage explains)
-- column: kind text  malloc or cache
-- column: allocs count sum  allocations
-- column: frees count sum  those whose free was seen
-- column: live count sum  those alive at the end
-- column: total_bytes bytes sum  given by all allocations
-- column: live_bytes bytes sum  given to those alive at the end
-- column: waste_bytes bytes sum  of live_bytes not asked for
-- column: total_waste_bytes bytes sum  of total_bytes not asked for
-- column: percent percent sum  share of all waste_bytes shown
-- column: owner text  the function that asked, past inlined allocator headers
-- column: file text  source file of its call; empty without debug information
-- column: line id  its line
-- column: wrapper id  1: the owner allocates for its callers; report owners follows stacks
-- order: waste_bytes, total_waste_bytes, live_bytes, caller
-- empty: nothing is wasted there
-- footer: coverage-line
SELECT caller,
       place AS path,
       kind,
       allocs,
       frees,
       live,
       total_bytes,
       live_bytes,
       waste_bytes,
       total_waste_bytes,
       100.0 * waste_bytes / nullif(sum(waste_bytes) OVER (), 0) AS percent,
       owner,
       file,
       line,
       wrapper
  FROM site_sums
 WHERE trace = :trace
   AND (kind = 'malloc' AND :malloc OR kind = 'cache' AND :cache)
   AND (:tracing OR NOT tracing)
   AND (:branch = '' OR in_branch(place, :branch))
   AND total_waste_bytes > 0
