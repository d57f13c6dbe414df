-- The table "sites" of kmemdb show for a symbol: the call sites of :trace that
-- are in the function :name, or in one with a suffix of the compiler, or that
-- came from it by inlining.
--
-- title: Its call sites in the trace, by live bytes
-- column: caller text  return address of the call, symbol+0xoff
-- column: path text  the object function that contains the call; in parentheses why there is none
-- column: kind text  malloc or cache
-- column: allocs count sum  allocations
-- column: live count sum  allocations alive at the end
-- column: live_bytes bytes sum  bytes of the live ones
-- column: waste_bytes bytes sum  internal fragmentation: live_bytes minus the bytes requested
-- column: frees count sum  allocations whose free was seen
-- column: total_bytes bytes sum  bytes of all allocations
-- column: owner text  function that requested the memory, outside inlined allocator headers
-- column: file text  source file of the owner's call
-- column: line id  its line
-- empty: it allocates nothing in that trace
SELECT caller,
       place AS path,
       kind,
       allocs,
       live,
       live_bytes,
       waste_bytes,
       frees,
       total_bytes,
       owner,
       file,
       line
  FROM site_sums
 WHERE trace = :trace AND kind IN ('malloc', 'cache') AND allocs + failed > 0
   AND (:name IN (function, owner)
        OR substr(function, 1, length(:name) + 1) = :name || '.')
 ORDER BY live_bytes DESC, total_bytes DESC, caller, kind;
