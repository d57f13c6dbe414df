-- title: Directories whose memory differs between two traces, one level at a time
-- text: Sites in no object have rows of their own, in parentheses.
-- param: branch
-- param: depth=1
-- param: malloc
-- param: cache
-- param: tracing
-- column: path text  directory, or an object directly in the branch, or why there is none
-- column: before bytes sum  live bytes in the base
-- column: after bytes sum  live bytes
-- column: change bytes sum bar  after - before
-- column: percent percent  change as a share of before
-- column: what text  grown, shrunk, changed (other sums than the live bytes), added or removed
-- column: sites_added count sum wide  call sites that came
-- column: sites_removed count sum wide  call sites that went
-- column: waste_change bytes sum  change of the internal fragmentation of live ones
-- column: total_change bytes sum wide  change of the bytes of all allocations
-- column: allocs_change count sum  change of their count
-- column: waste_before bytes sum wide  internal fragmentation of live ones in the base
-- column: waste_after bytes sum wide  likewise after
-- column: total_before bytes sum wide  bytes of all allocations in the base
-- column: total_after bytes sum wide  likewise after
-- column: allocs_before count sum wide  allocations in the base
-- column: allocs_after count sum wide  likewise after
-- order: change, total_change, path
-- empty: no memory in that branch differs
WITH half AS (
  -- A site that moved is in two places, each with its half.
  SELECT dir_level(before_path, :branch, :depth) AS path,
         before_live AS before, 0 AS after,
         before_waste AS waste_before, 0 AS waste_after,
         before_total AS total_before, 0 AS total_after,
         before_allocs AS allocs_before, 0 AS allocs_after,
         1 AS had, 0 AS has, 0 AS added, NOT is_after AS removed
    FROM temp.diff_site
   WHERE before_path IS NOT NULL
     AND (:branch = '' OR in_branch(before_path, :branch))
     AND (kind = 'malloc' AND :malloc OR kind = 'cache' AND :cache)
     AND (:tracing OR NOT tracing)
  UNION ALL
  SELECT dir_level(path, :branch, :depth) AS path,
         0, after_live, 0, after_waste, 0, after_total, 0, after_allocs,
         0, 1, before_path IS NULL, 0
    FROM temp.diff_site
   WHERE is_after
     AND (:branch = '' OR in_branch(path, :branch))
     AND (kind = 'malloc' AND :malloc OR kind = 'cache' AND :cache)
     AND (:tracing OR NOT tracing)
), row AS (
  SELECT path,
         sum(before) AS before, sum(after) AS after,
         sum(waste_before) AS waste_before, sum(waste_after) AS waste_after,
         sum(total_before) AS total_before, sum(total_after) AS total_after,
         sum(allocs_before) AS allocs_before, sum(allocs_after) AS allocs_after,
         max(had) AS had, max(has) AS has,
         sum(added) AS sites_added, sum(removed) AS sites_removed
    FROM half
   GROUP BY path
)
SELECT path,
       before,
       after,
       after - before AS change,
       100.0 * (after - before) / nullif(before, 0) AS percent,
       CASE WHEN NOT had THEN 'added' WHEN NOT has THEN 'removed'
            WHEN after > before THEN 'grown' WHEN after < before THEN 'shrunk'
            ELSE 'changed' END AS what,
       sites_added,
       sites_removed,
       waste_after - waste_before AS waste_change,
       total_after - total_before AS total_change,
       allocs_after - allocs_before AS allocs_change,
       waste_before,
       waste_after,
       total_before,
       total_after,
       allocs_before,
       allocs_after
  FROM row
 WHERE after <> before OR waste_after <> waste_before
    OR total_after <> total_before OR allocs_after <> allocs_before
    OR sites_added OR sites_removed
