-- title: Call sites that waste much
-- text: Internal fragmentation of the allocations that live at the end of the
--   trace: kmalloc sizes that do not fit what is asked for. A cache of its own
--   size is the cure (report malloc-vs-cache).
-- param: build
-- param: trace
-- param: above=65536 only sites that waste more bytes
-- column: caller text  return address of the call
-- column: path text  the object that contains it
-- column: kind text  malloc or cache
-- column: live count sum  allocations alive at the end
-- column: live_bytes bytes sum  their bytes
-- column: waste_bytes bytes sum  of these, not asked for
-- order: waste_bytes, caller
-- empty: no call site wastes so much
SELECT caller, place AS path, kind, live, live_bytes, waste_bytes
  FROM site_sums
 WHERE trace = :trace AND kind IN ('malloc', 'cache') AND waste_bytes > :above
