-- title: Slab accounting: allocations by call site (kmalloc and kmem_cache)
-- group: dynamic
-- see: waste owners
-- text: One row per call site and kind. --format account prints the layout
--   of trace_analyze and of the slab-accounting patches, to compare with
--   their files. Pages and per-CPU memory are not included (report kinds).
-- param: build use the newest trace of this build; default: the newest trace
-- param: trace
-- param: image=all that the calls are in: vmlinux, modules, the name of one; default: all
-- param: branch
-- param: malloc
-- param: cache
-- param: tracing
-- column: caller text  return address of the call, symbol+0xoff; - if none was printed
-- column: path text  object that contains the call; in parentheses why there is none (see coverage)
-- column: kind text  malloc or cache
-- column: allocs count sum  allocations: frees + implicit + live + unknown
-- column: frees count sum wide  allocations whose free was seen
-- column: live count sum  allocations alive at the end
-- column: total_bytes bytes sum  bytes of all allocations
-- column: live_bytes bytes sum  bytes of the live ones
-- column: waste_bytes bytes sum wide  internal fragmentation: live_bytes minus the bytes requested
-- column: implicit count sum wide  allocations whose pointer was returned again: their free was missed
-- column: unknown count sum wide  allocations whose pointer was hidden
-- column: failed count sum wide  calls that returned NULL; not counted above
-- column: peak_bytes bytes sum wide  live bytes at the peak of malloc + cache
-- column: cache text wide  cache, if all its allocations have one; empty if not known or several
-- column: owner text wide  function that requested the memory, outside inlined allocator headers
-- column: file text wide  source file of the owner's call; empty without debug information
-- column: line id wide  its line
-- column: wrapper id wide  1: the owner allocates for its callers (report owners follows stacks)
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
   AND (:image = 'all' OR image = :image
        OR :image = 'modules' AND image <> 'vmlinux')
   AND allocs + failed > 0
