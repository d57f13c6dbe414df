-- title: Memory by call site: everything that kmalloc and kmem_cache gave
-- text: One row for each call site and kind. --format account prints the layout
--   of trace_analyze and of the slab-accounting patches, to compare with
--   their files. Pages and per-CPU memory are in none of these (report kinds).
-- param: build the newest trace of this build; default: of any
-- param: trace
-- param: branch
-- param: malloc
-- param: cache
-- param: tracing
-- column: caller text  the call's return address, symbol+0xoff; - where none was printed
-- column: path text  the object that holds the call; in parentheses why there is none (coverage explains)
-- column: kind text  malloc or cache
-- column: allocs count sum  allocations: frees + implicit + live + unknown
-- column: frees count sum  those whose free was seen
-- column: live count sum  those alive at the end
-- column: total_bytes bytes sum  given by all allocations
-- column: live_bytes bytes sum  given to those alive at the end
-- column: waste_bytes bytes sum  of live_bytes not asked for
-- column: implicit count sum  those whose pointer came again, so that their free was missed
-- column: unknown count sum  those whose pointer was hidden
-- column: failed count sum  calls that returned NULL; in none of the above
-- column: peak_bytes bytes sum  alive when the most was
-- column: cache text  the one cache of all its allocations; empty where not known, or several
-- column: owner text  the function that asked, past inlined allocator headers
-- column: file text  source file of its call; empty without debug information
-- column: line id  its line
-- column: wrapper id  1: the owner allocates for its callers; report owners follows stacks
-- order: total_bytes, live_bytes, allocs, caller
-- empty: nothing was allocated there
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
       implicit,
       unknown,
       failed,
       peak_bytes,
       cache,
       owner,
       file,
       line,
       wrapper
  FROM site_sums
 WHERE trace = :trace
   AND (kind = 'malloc' AND :malloc OR kind = 'cache' AND :cache)
   AND (:tracing OR NOT tracing)
   AND (:branch = '' OR in_branch(place, :branch))
   AND allocs + failed > 0
