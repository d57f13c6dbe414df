-- title: Traces that lost events
-- text: Events that the kernel dropped: live and waste are too small or too
--   large by an amount that nobody knows. A larger buffer helps.
-- param: build
-- param: trace
-- column: trace id  the trace
-- column: lost count  events that the kernel says it dropped
-- column: lost_unknown count  times that it dropped events without saying how many
-- empty: the trace lost nothing
SELECT trace, lost, lost_unknown
  FROM traces
 WHERE trace = :trace AND (lost > 0 OR lost_unknown > 0)
