-- title: Traces with many unmatched frees
-- text: More than a twentieth of the frees are of allocations that the trace has
--   not seen: it began late, and live memory is undercounted.
-- param: build
-- param: trace
-- column: trace id  the trace
-- column: frees count  allocations whose free was seen
-- column: unmatched_free count  frees whose allocation was not seen
-- column: percent percent  share of all frees
-- empty: nearly all frees are matched
SELECT trace, frees, unmatched_free,
       100.0 * unmatched_free / (frees + unmatched_free) AS percent
  FROM traces
 WHERE trace = :trace AND unmatched_free * 20 > frees + unmatched_free
