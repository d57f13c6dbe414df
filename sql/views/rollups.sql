-- view: rollups
-- title: Sums by call site, kind and stack.
-- text: If stacks were traced, a site has a row for each of them; stack 0 is for
--   events without one. View site_sums adds them up.
-- column: trace id       the trace
-- column: site id        the call site (view sites)
-- column: kind text      malloc, cache, page or percpu
-- column: stack id       the stack (view stack_frames); 0: none was traced
-- column: cache text     cache, if all its allocations have one; NULL: not known or several
-- column: cache_mixed id   1: several caches
-- column: cache_inferred id   1: only frees named the cache
-- column: allocs count   allocations: frees + implicit + live + unknown
-- column: frees count    allocations whose free was seen
-- column: implicit count   allocations whose pointer was returned again: their free was missed
-- column: live count     alive at the end
-- column: unknown count  allocations whose pointer was hidden
-- column: failed count   calls that returned NULL; not counted above
-- column: total_bytes bytes   bytes of all allocations
-- column: total_req bytes   bytes requested by all allocations
-- column: live_bytes bytes   bytes of the live ones
-- column: live_req bytes   bytes requested by the live ones
-- column: implicit_bytes bytes   bytes of the implicit ones
-- column: unknown_bytes bytes   bytes of the unknown ones
-- column: waste_bytes bytes   live_bytes - live_req
-- column: total_waste_bytes bytes   total_bytes - total_req
-- column: peak_bytes bytes   live bytes at the peak of malloc + cache
-- column: null_free count   frees of NULL at this site
-- column: unmatched_free count   unmatched frees at this site: their allocation was not seen
CREATE VIEW rollups AS
SELECT r.trace,
       r.site,
       @word(kind, r.kind) AS kind,
       r.stack,
       (SELECT n.text FROM name AS n WHERE n.id = r.cache) AS cache,
       r.cache_mixed,
       r.cache_inferred,
       r.allocs,
       r.frees,
       r.implicit,
       r.live,
       r.unknown,
       r.failed,
       r.total_bytes,
       r.total_req,
       r.live_bytes,
       r.live_req,
       r.implicit_bytes,
       r.unknown_bytes,
       r.waste_bytes,
       r.total_waste_bytes,
       r.peak_bytes,
       r.null_free,
       r.unmatched_free
  FROM rollup AS r;
