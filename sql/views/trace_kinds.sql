-- view: trace_kinds
-- title: The sums of each trace by kind of memory; never add page or percpu to malloc and cache.
-- text: Slabs are made of pages: an object from a cache is counted once by its
--   own event and once more by that of its page.
-- column: trace id       the trace
-- column: kind text      malloc, cache, page or percpu
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
-- column: null_free count   frees of NULL
-- column: unmatched_free count   frees whose allocation was not seen
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
