-- title: Totals of both traces, by kind of memory
-- text: slabs is malloc + cache, which all other tables mean. page and percpu are
--   never added to them: slabs are made of pages.
-- column: kind text  slabs, malloc, cache, page or percpu
-- column: metric text  live bytes, waste, total bytes, peak, allocs or live
-- column: before count  in the base: bytes; of allocs and live a count
-- column: after count  in the other
-- column: change count  after - before
-- column: percent percent  change as a share of before
-- empty: neither trace has an allocation
WITH part AS (
  SELECT k.trace = d.after AS is_after, k.kind, 2 AS rank, k.live_bytes,
         k.waste_bytes, k.total_bytes, NULL AS peak, k.allocs, k.live
    FROM temp.diff_trace AS d
    JOIN trace_kinds AS k ON k.trace IN (d.before, d.after)
  UNION ALL
  SELECT t.trace = d.after, 'slabs', 1, t.live_bytes, t.waste_bytes,
         t.total_bytes, t.peak_bytes, t.allocs, t.live
    FROM temp.diff_trace AS d
    JOIN traces AS t ON t.trace IN (d.before, d.after)
), metric (place, metric) AS (
  VALUES (1, 'live bytes'), (2, 'waste'), (3, 'total bytes'), (4, 'peak'),
         (5, 'allocs'), (6, 'live')
), value AS (
  SELECT p.kind, p.rank, m.place, m.metric, p.is_after,
         CASE m.place WHEN 1 THEN p.live_bytes WHEN 2 THEN p.waste_bytes
                      WHEN 3 THEN p.total_bytes WHEN 4 THEN p.peak
                      WHEN 5 THEN p.allocs ELSE p.live END AS value
    FROM part AS p
   CROSS JOIN metric AS m
), row AS (
  SELECT kind, rank, place, metric,
         coalesce(sum(value) FILTER (WHERE NOT is_after), 0) AS before,
         coalesce(sum(value) FILTER (WHERE is_after), 0) AS after
    FROM value
   WHERE value IS NOT NULL
   GROUP BY kind, rank, place, metric
)
SELECT kind,
       metric,
       before,
       after,
       after - before AS change,
       100.0 * (after - before) / nullif(before, 0) AS percent
  FROM row
 WHERE before OR after
 ORDER BY rank, kind = 'percpu', kind = 'page', kind = 'cache', place
