-- The table "sites" of kmemdb show for a symbol: the call sites of :trace that
-- are in the function :name, or in one with a suffix of the compiler, or that
-- came from it by inlining.
--
-- title: Its call sites in the trace, by live bytes
-- column: caller text  the call's return address, symbol+0xoff
-- column: path text  the object that holds the call; in parentheses why there is none
-- column: kind text  malloc or cache
-- column: allocs count sum  allocations
-- column: live count sum  those alive at the end
-- column: live_bytes bytes sum  given to those alive at the end
-- column: waste_bytes bytes sum  of live_bytes not asked for
-- column: frees count sum  those whose free was seen
-- column: total_bytes bytes sum  given by all allocations
-- column: owner text  the function that asked, past inlined allocator headers
-- column: file text  source file of its call
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
