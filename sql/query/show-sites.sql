-- The table "sites" of kmemdb show for an object: the call sites of :trace
-- that are in the object :name.
--
-- title: Its call sites in the trace, by live bytes
-- column: caller text  the call's return address, symbol+0xoff
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
 WHERE trace = :trace AND path = :name AND kind IN ('malloc', 'cache')
   AND allocs + failed > 0
 ORDER BY live_bytes DESC, total_bytes DESC, caller, kind;
