-- The call sites of :trace, of malloc and cache.  Of the base (:is_base 1)
-- objects and functions that were moved or renamed go by the name that they
-- have after.
-- column: what C reads, by place (query/diff_traces.c)
WITH moved AS MATERIALIZED (
  SELECT before_path, before_symbol, path, symbol
    FROM temp.diff_symbol
   WHERE :is_base AND what IN ('moved', 'renamed')
), elsewhere AS MATERIALIZED (
  SELECT before_path, path FROM temp.diff_object WHERE :is_base AND moved
), shape AS MATERIALIZED (
  -- The row that max() is from gives the other columns.
  SELECT site, kind, bytes_req, gfp_flags, max(allocs)
    FROM shapes
   WHERE trace = :trace
   GROUP BY site, kind
)
SELECT s.caller,
       s.kind,
       s.place,
       s.function,
       s.owner,
       s.cache,
       coalesce(m.path, e.path, s.place),
       coalesce(m.symbol, s.function),
       h.gfp_flags,
       s.tracing,
       coalesce(h.bytes_req, 0),
       s.live_bytes,
       s.waste_bytes,
       s.total_bytes,
       s.allocs,
       s.peak_bytes,
       s.site
  FROM site_sums AS s
  LEFT JOIN shape AS h ON h.site = s.site AND h.kind = s.kind
  LEFT JOIN moved AS m
    ON m.before_path = s.path AND m.before_symbol = s.function
  LEFT JOIN elsewhere AS e ON e.before_path = s.path
 WHERE s.trace = :trace AND s.kind IN ('malloc', 'cache') AND s.allocs > 0;
