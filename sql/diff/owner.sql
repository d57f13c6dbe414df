-- title: Functions that requested memory, where two traces differ
-- text: The owner of a call, as in report owners: the function that asked,
--   outside the inlined functions of allocator headers and, where a stack was
--   traced, outside functions that allocate for their callers. A function that
--   was renamed is one row. A site that several owners use came for each of them.
-- param: branch
-- param: malloc
-- param: cache
-- param: tracing
-- column: owner text  function that requested the memory
-- column: path text  its object; in parentheses why there is none
-- column: before bytes sum  live bytes in the base
-- column: after bytes sum  live bytes
-- column: change bytes sum bar  after - before
-- column: percent percent  change as a share of before
-- column: what text  grown, shrunk, changed (other sums than the live bytes), added or removed
-- column: sites_added count sum wide  call sites that came
-- column: sites_removed count sum wide  call sites that went
-- column: waste_change bytes sum  change of the internal fragmentation of live ones
-- column: total_change bytes sum wide  change of the bytes of all allocations
-- column: allocs_change count sum wide  change of their count
-- column: waste_before bytes sum wide  internal fragmentation of live ones in the base
-- column: waste_after bytes sum wide  likewise after
-- column: total_before bytes sum wide  bytes of all allocations in the base
-- column: total_after bytes sum wide  likewise after
-- column: allocs_before count sum wide  allocations in the base
-- column: allocs_after count sum wide  likewise after
-- order: change, total_change, owner, path
-- empty: no function that requested memory differs
WITH half AS (
  SELECT owner, path,
         iif(is_after, 0, live) AS before, iif(is_after, live, 0) AS after,
         iif(is_after, 0, waste) AS waste_before,
         iif(is_after, waste, 0) AS waste_after,
         iif(is_after, 0, total) AS total_before,
         iif(is_after, total, 0) AS total_after,
         iif(is_after, 0, allocs) AS allocs_before,
         iif(is_after, allocs, 0) AS allocs_after,
         NOT is_after AS had, is_after AS has,
         -- A site of two kinds is two.
         iif(alone AND is_after, kind || site, NULL) AS added,
         iif(alone AND NOT is_after, kind || site, NULL) AS removed
    FROM temp.diff_owner
   WHERE (:branch = '' OR in_branch(place, :branch))
     AND (kind = 'malloc' AND :malloc OR kind = 'cache' AND :cache)
     AND (:tracing OR NOT tracing)
), row AS (
  SELECT owner, path,
         sum(before) AS before, sum(after) AS after,
         sum(waste_before) AS waste_before, sum(waste_after) AS waste_after,
         sum(total_before) AS total_before, sum(total_after) AS total_after,
         sum(allocs_before) AS allocs_before, sum(allocs_after) AS allocs_after,
         max(had) AS had, max(has) AS has,
         count(DISTINCT added) AS sites_added,
         count(DISTINCT removed) AS sites_removed
    FROM half
   GROUP BY owner, path
)
SELECT owner, path,
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
