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
WITH pair AS (
  -- Sites of the two traces, matched as diff --trace does: a function that was
  -- renamed, or went to another object, is itself.
  SELECT iif(owner = '', caller, owner) AS symbol, path,
         before_path IS NOT NULL
         AND (:what = 'symbol' OR :name = ''
              OR in_branch(before_path, :name)) AS had,
         is_after AND (:what = 'symbol' OR :name = ''
                       OR in_branch(path, :name)) AS has,
         CASE :metric WHEN 'live' THEN before_live
                      WHEN 'waste' THEN before_waste
                      WHEN 'allocated' THEN before_total
                      WHEN 'allocs' THEN before_allocs
                      WHEN 'peak' THEN before_peak END AS before,
         CASE :metric WHEN 'live' THEN after_live
                      WHEN 'waste' THEN after_waste
                      WHEN 'allocated' THEN after_total
                      WHEN 'allocs' THEN after_allocs
                      WHEN 'peak' THEN after_peak END AS after
    FROM temp.diff_site
   WHERE :grown AND (:what <> 'symbol' OR owner GLOB :name)
  UNION ALL
  -- A limit that was broken without growth: the largest.
  SELECT coalesce(owner, function, caller), place, 0, 1, 0,
         CASE :metric WHEN 'live' THEN live_bytes
                      WHEN 'waste' THEN waste_bytes
                      WHEN 'allocated' THEN total_bytes
                      WHEN 'allocs' THEN allocs
                      WHEN 'peak' THEN peak_bytes END
    FROM site_sums
   WHERE NOT :grown AND trace = :trace AND kind IN ('malloc', 'cache')
     AND iif(:what = 'symbol', coalesce(owner, function) GLOB :name,
             :name = '' OR in_branch(place, :name))
), row AS (
  SELECT symbol, path, sum(iif(had, before, 0)) AS before,
         sum(iif(has, after, 0)) AS after, NOT max(had) AS new
    FROM pair
   WHERE had OR has
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
