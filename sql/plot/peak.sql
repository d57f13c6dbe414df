-- title: When a trace began and ended, and its peak
-- param: build
-- param: trace
-- column: begin_ns ns  first event
-- column: end_ns ns  last event
-- column: peak_ns ns  when malloc + cache were largest
-- column: peak_bytes bytes  what was live then
SELECT begin_ns, end_ns, peak_ns, peak_bytes
  FROM traces
 WHERE trace = :trace AND (:build IS NULL OR :build IS NOT NULL)
