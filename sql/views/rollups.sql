-- view: rollups
-- title: Sums of each call site by kind and stack.
-- text: Where stacks were traced a site has a row for each; stack 0 holds what
--   came without one. View site_sums has them added up.
-- column: trace id       the trace
-- column: site id        the call site (view sites)
-- column: kind text      malloc, cache, page or percpu
-- column: stack id       the stack (view stack_frames); 0: none was traced
-- column: cache text     the one cache of all its allocations; NULL: not known, or several
-- column: cache_mixed id   1: several caches
-- column: cache_inferred id   1: only frees named the cache
-- column: allocs count   allocations: frees + implicit + live + unknown
-- column: frees count    their free was seen
-- column: implicit count   their pointer was returned again, so their free was missed
-- column: live count     alive at the end
-- column: unknown count  their pointer was hidden
-- column: failed count   calls that returned NULL; in none of the above
-- column: total_bytes bytes   given by all allocations
-- column: total_req bytes   asked for by all of them
-- column: live_bytes bytes   given to those alive at the end
-- column: live_req bytes   asked for by those
-- column: implicit_bytes bytes   given to those whose free was missed
-- column: unknown_bytes bytes   given to those whose pointer was hidden
-- column: waste_bytes bytes   live_bytes - live_req
-- column: total_waste_bytes bytes   total_bytes - total_req
-- column: peak_bytes bytes   alive when malloc + cache were at their peak
-- column: null_free count   frees of NULL at this site
-- column: unmatched_free count   frees at this site whose allocation was not seen
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
