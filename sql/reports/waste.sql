-- title: Slab internal fragmentation (bytes_alloc - bytes_req) by call site
-- group: dynamic
-- see: frequent owners
-- text: Internal fragmentation is what kmalloc and kmem_cache allocated beyond
--   the bytes requested, in allocations alive at the end of the trace
--   (waste_bytes) and in all of them (total_waste_bytes). Call sites without
--   any are not shown; report accounting has them all. Pages and per-CPU memory
--   are not included: slabs are made of pages (report kinds).
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
-- column: allocs count sum  allocations
-- column: frees count sum wide  allocations whose free was seen
-- column: live count sum  allocations alive at the end
-- column: total_bytes bytes sum wide  bytes of all allocations
-- column: live_bytes bytes sum  bytes of the live ones
-- column: waste_bytes bytes sum bar  internal fragmentation: live_bytes minus the bytes requested
-- column: total_waste_bytes bytes sum wide  the same over all allocations
-- column: percent percent sum wide  share of the waste_bytes shown
-- column: owner text wide  function that requested the memory, outside inlined allocator headers
-- column: file text wide  source file of the owner's call; empty without debug information
-- column: line id wide  its line
-- column: wrapper id wide  1: the owner allocates for its callers (report owners follows stacks)
-- order: waste_bytes, total_waste_bytes, live_bytes, caller
-- empty: no allocation there has internal fragmentation
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
   AND (:image = 'all' OR image = :image
        OR :image = 'modules' AND image <> 'vmlinux')
   AND total_waste_bytes > 0
