-- title: Traces in this database
-- group: both
-- see: coverage builds
-- text: Sums are those of kmalloc and kmem_cache. With --branch they are those of
--   the branch, with --malloc or --cache those of the kind. So is peak_bytes:
--   what the branch had when the whole trace was at its peak. It may have had
--   more at another time: own_peak_bytes, at own_peak_ns (empty for traces that
--   an older version imported).
-- param: branch
-- param: malloc
-- param: cache
-- param: tracing
-- column: trace id  number, for --trace
-- column: label text  name given with --label, for --trace
-- column: build id  the build it was joined with; empty: none
-- column: build_choice text wide  how it was found: build-id, named (--build), newest (the log does not identify its kernel) or none
-- column: release text wide  release of the traced kernel, where captured
-- column: events count  allocations and frees that were read
-- column: lost count  events that the kernel dropped
-- column: length ns wide  from the first event to the last
-- column: allocs count wide  allocations
-- column: frees count wide  allocations whose free was seen
-- column: live count wide  allocations alive at the end
-- column: total_bytes bytes wide  bytes of all allocations
-- column: live_bytes bytes  bytes of the live ones
-- column: waste_bytes bytes  internal fragmentation: live_bytes minus the bytes requested
-- column: peak_bytes bytes  live bytes at the peak of the whole trace
-- column: match percent  call sites that match the build, of those that can be checked
-- column: source text wide  the log
-- column: imported date wide  when it was imported
-- column: own_peak_bytes bytes  the most that was live there at one time
-- column: own_peak_ns ns wide  when that was, on the clock of the trace
-- order: imported, trace
-- empty: no trace yet: kmemdb import LOG
WITH kept AS (
  -- One of the two halves is empty: where every site counts, none is read.
  SELECT trace, kind, allocs, frees, live, total_bytes, live_bytes, waste_bytes,
         peak_bytes
    FROM trace_kinds
   WHERE :branch = '' AND :tracing
  UNION ALL
  SELECT trace, kind, allocs, frees, live, total_bytes, live_bytes, waste_bytes,
         peak_bytes
    FROM site_sums
   WHERE (:branch <> '' OR NOT :tracing)
     AND (:tracing OR NOT tracing)
     AND (:branch = '' OR in_branch(place, :branch))
), sums AS (
  SELECT trace,
         sum(allocs) AS allocs,
         sum(frees) AS frees,
         sum(live) AS live,
         sum(total_bytes) AS total_bytes,
         sum(live_bytes) AS live_bytes,
         sum(waste_bytes) AS waste_bytes,
         sum(peak_bytes) AS peak_bytes
    FROM kept
   WHERE kind = 'malloc' AND :malloc OR kind = 'cache' AND :cache
   GROUP BY trace
), own AS (
  -- Without what tracing allocated it is another one only where there is some.
  SELECT trace, branch,
         CASE WHEN :malloc AND :cache THEN slab_peak_bytes
              WHEN :malloc THEN malloc_peak_bytes
              ELSE cache_peak_bytes END AS bytes,
         CASE WHEN :malloc AND :cache THEN slab_peak_ns
              WHEN :malloc THEN malloc_peak_ns
              ELSE cache_peak_ns END AS at_ns,
         min(tracing)
    FROM branch_peaks
   WHERE tracing >= :tracing
     AND branch = :branch
   GROUP BY trace, branch
)
SELECT t.trace,
       t.label,
       t.build,
       t.build_choice,
       t.release,
       t.events,
       t.lost,
       t.end_ns - t.begin_ns AS length,
       coalesce(s.allocs, 0) AS allocs,
       coalesce(s.frees, 0) AS frees,
       coalesce(s.live, 0) AS live,
       coalesce(s.total_bytes, 0) AS total_bytes,
       coalesce(s.live_bytes, 0) AS live_bytes,
       coalesce(s.waste_bytes, 0) AS waste_bytes,
       CASE WHEN :branch = '' AND :malloc AND :cache AND :tracing
            THEN t.peak_bytes ELSE coalesce(s.peak_bytes, 0) END AS peak_bytes,
       100.0 * t.matched / nullif(t.checked, 0) AS match,
       t.source,
       t.imported_ns AS imported,
       o.bytes AS own_peak_bytes,
       nullif(o.at_ns, 0) AS own_peak_ns
  FROM traces AS t
  LEFT JOIN sums AS s ON s.trace = t.trace
  LEFT JOIN own AS o ON o.trace = t.trace
