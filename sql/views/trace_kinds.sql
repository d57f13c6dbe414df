-- view: trace_kinds
-- title: The sums of each trace by kind of memory; never add page or percpu to malloc and cache.
-- text: Slabs are made of pages: the bytes of an object from a cache count once
--   by its own event and once more by that of its page.
-- column: trace id       the trace
-- column: kind text      malloc, cache, page or percpu
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
-- column: null_free count   frees of NULL
-- column: unmatched_free count   unmatched frees: their allocation was not seen
CREATE VIEW trace_kinds AS
SELECT trace,
       @word(kind, kind) AS kind,
       sum(allocs) AS allocs,
       sum(frees) AS frees,
       sum(implicit) AS implicit,
       sum(live) AS live,
       sum(unknown) AS unknown,
       sum(failed) AS failed,
       sum(total_bytes) AS total_bytes,
       sum(total_req) AS total_req,
       sum(live_bytes) AS live_bytes,
       sum(live_req) AS live_req,
       sum(implicit_bytes) AS implicit_bytes,
       sum(unknown_bytes) AS unknown_bytes,
       sum(waste_bytes) AS waste_bytes,
       sum(total_waste_bytes) AS total_waste_bytes,
       sum(peak_bytes) AS peak_bytes,
       sum(null_free) AS null_free,
       sum(unmatched_free) AS unmatched_free
  FROM rollup
 GROUP BY trace, rollup.kind;
