-- title: Functions and variables that did it
-- column: budget text  the line of the budget file
-- column: symbol text  the function that allocates
-- column: path text  the object it is in
-- column: before bytes  in the base's newest trace
-- column: after bytes  in the build's newest trace
-- column: change bytes  after - before
-- column: percent percent  change as a share of before
-- column: what text  grown, added, or - of the largest
-- empty: no call site allocates more
WITH site AS (
  SELECT coalesce(owner, function, caller) AS symbol, place AS path,
         trace = :trace AS is_after,
         CASE :metric WHEN 'live' THEN live_bytes
                      WHEN 'waste' THEN waste_bytes
                      WHEN 'allocated' THEN total_bytes
                      WHEN 'allocs' THEN allocs
                      WHEN 'peak' THEN peak_bytes END AS bytes
    FROM site_sums
   WHERE trace = :trace AND kind IN ('malloc', 'cache')
     AND iif(:what = 'symbol', coalesce(owner, function) GLOB :name,
             :name = '' OR in_branch(place, :name))
  UNION ALL
  SELECT coalesce(owner, function, caller), place, 0,
         CASE :metric WHEN 'live' THEN live_bytes
                      WHEN 'waste' THEN waste_bytes
                      WHEN 'allocated' THEN total_bytes
                      WHEN 'allocs' THEN allocs
                      WHEN 'peak' THEN peak_bytes END
    FROM site_sums
   WHERE :grown AND trace = :base_trace AND kind IN ('malloc', 'cache')
     AND iif(:what = 'symbol', coalesce(owner, function) GLOB :name,
             :name = '' OR in_branch(place, :name))
), row AS (
  SELECT symbol, path,
         coalesce(sum(bytes) FILTER (WHERE NOT is_after), 0) AS before,
         coalesce(sum(bytes) FILTER (WHERE is_after), 0) AS after,
         min(is_after) AS new
    FROM site
   GROUP BY symbol, path
)
SELECT :budget AS budget,
       symbol,
       path,
       iif(:grown, before, NULL) AS before,
       after,
       iif(:grown, after - before, NULL) AS change,
       iif(:grown, 100.0 * (after - before) / nullif(before, 0), NULL) AS percent,
       CASE WHEN NOT :grown THEN '-' WHEN new THEN 'added' ELSE 'grown' END AS what
  FROM row
 WHERE after > 0 AND (NOT :grown OR after > before)
 ORDER BY iif(:grown, after - before, after) DESC, symbol, path
 LIMIT :rows;
