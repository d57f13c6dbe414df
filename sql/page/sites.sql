-- title: Call sites
-- param: build
-- param: trace
-- column: caller text  return address of the call, symbol+0xoff
-- column: path text  object that contains the call; in parentheses why there is none
-- column: kind text  malloc or cache
-- column: allocs count  allocations
-- column: frees count  allocations whose free was seen
-- column: live count  allocations alive at the end
-- column: total_bytes bytes  bytes of all allocations
-- column: live_bytes bytes  bytes of the live ones
-- column: waste_bytes bytes  internal fragmentation: live_bytes minus the bytes requested
-- column: peak_bytes bytes  live bytes at the peak of malloc + cache
-- column: owner text  function that requested the memory
-- column: file text  source file of the owner's call
-- column: line id  its line
-- order: total_bytes, caller
SELECT caller, place AS path, kind, allocs, frees, live, total_bytes,
       live_bytes, waste_bytes, peak_bytes, owner, file, line
  FROM site_sums
 WHERE trace = :trace AND kind IN ('malloc', 'cache') AND allocs > 0
   AND (:build IS NULL OR :build IS NOT NULL)
