-- title: The trace
-- param: build
-- param: trace
-- column: trace id  number of the trace
-- column: label text  name given with --label
-- column: release text  release of the traced kernel
-- column: source text  the log
-- column: events count  allocations and frees that were read
-- column: lost count  events that the kernel dropped
-- column: begin_ns ns  first event
-- column: end_ns ns  last event
-- column: peak_ns ns  when malloc + cache were largest
-- column: peak_bytes bytes  live bytes then
SELECT trace, label, release, source, events, lost, begin_ns, end_ns, peak_ns,
       peak_bytes
  FROM traces
 WHERE trace = :trace AND (:build IS NULL OR :build IS NOT NULL)
