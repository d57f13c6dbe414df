-- title: Call sites that differ between two traces
-- text: Offsets move with every change of a function, so a site is matched by
--   its function, kind, order and size; a function that was moved or renamed is
--   followed where the builds of both traces were audited. before, after and
--   change are bytes alive at the end; then internal fragmentation of those,
--   bytes of all allocations, and their count.
-- param: branch
-- param: malloc
-- param: cache
-- param: tracing
-- column: caller text  return address of the call; in the base, where it is gone
-- column: path text  object that contains it; in parentheses why there is none
-- column: before bytes sum  live bytes in the base
-- column: after bytes sum  live bytes
-- column: change bytes sum bar  after - before
-- column: percent percent wide  change as a share of before
-- column: what text  grown, shrunk, changed (other sums than the live bytes), added, removed, moved (to another object) or renamed (in a function of another name)
-- column: kind text wide  malloc or cache
-- column: waste_change bytes sum  change of the internal fragmentation of live ones
-- column: total_change bytes sum wide  change of the bytes of all allocations
-- column: allocs_change count sum wide  change of their count
-- column: waste_before bytes sum wide  internal fragmentation of live ones in the base
-- column: waste_after bytes sum wide  likewise after
-- column: total_before bytes sum wide  bytes of all allocations in the base
-- column: total_after bytes sum wide  likewise after
-- column: allocs_before count sum wide  allocations in the base
-- column: allocs_after count sum wide  likewise after
-- column: owner text wide  function that requested the memory
-- column: from text  where it was in the base, if that differs; - else
-- order: change, total_change, caller, path
-- empty: no call site differs
WITH row AS (
  SELECT caller, path, kind, what, owner, before_caller, before_path,
         had, has,
         iif(had, before_live, 0) AS before,
         iif(has, after_live, 0) AS after,
         iif(had, before_waste, 0) AS waste_before,
         iif(has, after_waste, 0) AS waste_after,
         iif(had, before_total, 0) AS total_before,
         iif(has, after_total, 0) AS total_after,
         iif(had, before_allocs, 0) AS allocs_before,
         iif(has, after_allocs, 0) AS allocs_after
    FROM (SELECT *,
                 before_path IS NOT NULL
                 AND (:branch = '' OR in_branch(before_path, :branch)) AS had,
                 is_after
                 AND (:branch = '' OR in_branch(path, :branch)) AS has
            FROM temp.diff_site
           WHERE (kind = 'malloc' AND :malloc OR kind = 'cache' AND :cache)
             AND (:tracing OR NOT tracing))
   WHERE had OR has
)
SELECT caller,
       path,
       before,
       after,
       after - before AS change,
       100.0 * (after - before) / nullif(before, 0) AS percent,
       what,
       kind,
       waste_after - waste_before AS waste_change,
       total_after - total_before AS total_change,
       allocs_after - allocs_before AS allocs_change,
       waste_before,
       waste_after,
       total_before,
       total_after,
       allocs_before,
       allocs_after,
       owner,
       CASE WHEN before_path <> path THEN before_path || ' ' || before_caller
            WHEN before_caller <> caller THEN before_caller
            ELSE '-' END AS "from"
  FROM row
 WHERE what <> 'same'
