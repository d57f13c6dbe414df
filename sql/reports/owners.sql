-- title: Allocations by the function that requested them, outside wrappers
-- text: The owner of a call is the first function, from the call outwards, that
--   neither is inlined from a header of an allocator nor allocates for its
--   callers (view wrappers lists both): one that is inlined at the call site,
--   else, if a stack was traced, one further out in it. One row per owner and
--   object: functions of the same name are not added up.
-- param: build use the newest trace of this build; default: the newest trace
-- param: trace
-- param: branch
-- param: malloc
-- param: cache
-- param: tracing
-- column: owner text  function that requested the memory
-- column: path text  its object; in parentheses why there is none (see coverage)
-- column: sites count sum  call sites of allocators that were used
-- column: allocs count sum  allocations
-- column: frees count sum  allocations whose free was seen
-- column: live count sum  allocations alive at the end
-- column: total_bytes bytes sum  bytes of all allocations
-- column: live_bytes bytes sum  bytes of the live ones
-- column: waste_bytes bytes sum  internal fragmentation: live_bytes minus the bytes requested
-- column: percent percent sum  share of the live_bytes shown
-- column: wrapper id  1: it allocates for its callers, and no stack was traced to find them
-- order: live_bytes, total_bytes, owner
-- empty: nothing was allocated there
-- footer: coverage-line
WITH hidden AS MATERIALIZED (
  SELECT pattern FROM wrappers WHERE kind IN ('function', 'allocator')
), used AS MATERIALIZED (
  -- Sites whose owner is not known by themselves: for those the stack tells.
  SELECT s.site, s.function
    FROM sites AS s
   WHERE s.trace = :trace
     AND s.site IN (SELECT site FROM rollups
                     WHERE trace = :trace AND stack > 0 AND allocs > 0
                       AND kind IN ('malloc', 'cache'))
     AND (s.wrapper OR s.state = 'none')
), frames AS MATERIALIZED (
  SELECT f.stack, f.depth, f.site, s.function,
         substr(s.function, 1, instr(substr(s.function, 2) || '.', '.'))
           AS base
    FROM stack_frames AS f
    JOIN (SELECT site, function FROM sites WHERE trace = :trace) AS s
      ON s.site = f.site
   WHERE f.trace = :trace
     AND f.stack IN (SELECT stack FROM rollups
                      WHERE trace = :trace AND stack > 0 AND allocs > 0
                        AND site IN (SELECT site FROM used))
), calls AS (
  -- Where in each stack the call itself is; before it are allocator and tracer.
  SELECT r.stack, r.site, coalesce(min(f.depth), -1) AS depth
    FROM (SELECT DISTINCT stack, site FROM rollups
           WHERE trace = :trace AND stack > 0 AND allocs > 0
             AND kind IN ('malloc', 'cache')) AS r
    JOIN used AS u ON u.site = r.site
    LEFT JOIN frames AS f
           ON f.stack = r.stack
          AND (f.site = r.site OR f.function = u.function)
   GROUP BY r.stack, r.site
), askers AS MATERIALIZED (
  -- The row that min() is from gives the frame.
  SELECT c.stack, c.site, f.site AS asker, f.base, min(f.depth)
    FROM calls AS c
    JOIN frames AS f ON f.stack = c.stack AND f.depth > c.depth
   WHERE f.base NOT IN (SELECT pattern FROM hidden)
   GROUP BY c.stack, c.site
), sums AS MATERIALIZED (
  SELECT coalesce(a.asker, r.site) AS asker,
         a.base,
         count(DISTINCT r.site) AS sites,
         sum(r.allocs) AS allocs,
         sum(r.frees) AS frees,
         sum(r.live) AS live,
         sum(r.total_bytes) AS total_bytes,
         sum(r.live_bytes) AS live_bytes,
         sum(r.waste_bytes) AS waste_bytes
    FROM rollups AS r
    LEFT JOIN askers AS a ON a.stack = r.stack AND a.site = r.site
   WHERE r.trace = :trace
     AND (r.kind = 'malloc' AND :malloc OR r.kind = 'cache' AND :cache)
     AND r.allocs > 0
   GROUP BY 1, 2
)
SELECT coalesce(u.base, s.owner) AS owner,
       coalesce(s.path, '(' || s.state || ')') AS path,
       sum(u.sites) AS sites,
       sum(u.allocs) AS allocs,
       sum(u.frees) AS frees,
       sum(u.live) AS live,
       sum(u.total_bytes) AS total_bytes,
       sum(u.live_bytes) AS live_bytes,
       sum(u.waste_bytes) AS waste_bytes,
       100.0 * sum(u.live_bytes)
             / nullif(sum(sum(u.live_bytes)) OVER (), 0) AS percent,
       max(u.base IS NULL AND s.wrapper) AS wrapper
  FROM sums AS u
  JOIN sites AS s ON s.trace = :trace AND s.site = u.asker
 WHERE (:tracing OR NOT s.tracing)
   AND in_branch(coalesce(s.path, '(' || s.state || ')'), :branch)
 GROUP BY 1, 2
