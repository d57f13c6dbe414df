-- title: Allocations by owner: the function that asked, outside of wrappers
-- group: dynamic
-- see: accounting dynamic
-- text: The owner of a call is the first function, from the call outwards, that
--   neither is inlined from a header of an allocator nor allocates for its
--   callers (view wrappers lists both): one that is inlined at the call site,
--   else, if a stack was traced, one further out in it. One row per owner and
--   object: functions of the same name are not added up.
-- param: build use the newest trace of this build; default: the newest trace
-- param: trace
-- param: image=all that the calls are in: vmlinux, modules, the name of one; default: all
-- param: branch
-- param: malloc
-- param: cache
-- param: tracing
-- column: owner text  function that requested the memory
-- column: path text  its object; in parentheses why there is none (see coverage)
-- column: sites count sum wide  call sites of allocators that were used
-- column: allocs count sum  allocations
-- column: frees count sum wide  allocations whose free was seen
-- column: live count sum  allocations alive at the end
-- column: total_bytes bytes sum wide  bytes of all allocations
-- column: live_bytes bytes sum  bytes of the live ones
-- column: waste_bytes bytes sum  internal fragmentation: live_bytes minus the bytes requested
-- column: percent percent sum  share of the live_bytes shown
-- column: wrapper id wide  1: it allocates for its callers, and no stack was traced to find them
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
), functions AS MATERIALIZED (
  SELECT site, function,
         substr(function, 1, instr(substr(function, 2) || '.', '.')) AS base
    FROM sites
   WHERE trace = :trace AND EXISTS (SELECT 1 FROM used)
), calls AS MATERIALIZED (
  -- The frame that is the call; before it are allocator and tracer.
  SELECT u.site, f.site AS frame
    FROM used AS u
    JOIN functions AS f ON f.function = u.function OR f.site = u.site
), asked AS MATERIALIZED (
  -- Looked up stack by stack: there may be a million frames.  MATERIALIZED, or
  -- the asker is looked up, and its SELECT prepared, wherever it is named.
  SELECT r.site, r.allocs, r.frees, r.live, r.total_bytes, r.live_bytes,
         r.waste_bytes,
         CASE WHEN r.stack > 0 AND r.site IN (SELECT site FROM used) THEN
           (SELECT f.site
              FROM stack_frames AS f
             WHERE f.trace = :trace AND f.stack = r.stack
               AND f.depth > coalesce((SELECT g.depth
                                         FROM stack_frames AS g
                                        WHERE g.trace = :trace
                                          AND g.stack = r.stack
                                          AND (r.site, g.site) IN
                                              (SELECT site, frame FROM calls)
                                        ORDER BY g.depth
                                        LIMIT 1), -1)
               AND f.site NOT IN (SELECT site FROM functions
                                   WHERE base IN (SELECT pattern FROM hidden))
             ORDER BY f.depth
             LIMIT 1) END AS asker
    FROM rollups AS r
   WHERE r.trace = :trace
     AND (r.kind = 'malloc' AND :malloc OR r.kind = 'cache' AND :cache)
     AND r.allocs > 0
), sums AS MATERIALIZED (
  SELECT coalesce(asker, site) AS asker,
         asker IS NOT NULL AS by_stack,
         count(DISTINCT site) AS sites,
         sum(allocs) AS allocs,
         sum(frees) AS frees,
         sum(live) AS live,
         sum(total_bytes) AS total_bytes,
         sum(live_bytes) AS live_bytes,
         sum(waste_bytes) AS waste_bytes
    FROM asked
   GROUP BY 1, 2
)
SELECT CASE WHEN u.by_stack
            THEN substr(s.function, 1,
                        instr(substr(s.function, 2) || '.', '.'))
            ELSE s.owner END AS owner,
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
       max(NOT u.by_stack AND s.wrapper) AS wrapper
  FROM sums AS u
  JOIN sites AS s ON s.trace = :trace AND s.site = u.asker
 WHERE (:tracing OR NOT s.tracing)
   AND in_branch(coalesce(s.path, '(' || s.state || ')'), :branch)
   AND (:image = 'all' OR s.image = :image
        OR :image = 'modules' AND s.image <> 'vmlinux')
 GROUP BY 1, 2
