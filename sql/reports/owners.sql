-- title: Allocations by the function that requested them, outside wrappers
-- text: The owner of a call is the first function outside the inlined functions
--   of allocator headers and, if a stack was traced, outside functions that
--   allocate for their callers (view wrappers lists both). One row per owner
--   and object: functions of the same name are not added up.
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
  SELECT site FROM sites WHERE trace = :trace AND wrapper
), askers AS MATERIALIZED (
  -- The row that min() is from gives the site.
  SELECT stack, site, min(depth)
    FROM stack_frames
   WHERE trace = :trace
     AND site NOT IN (SELECT site FROM hidden)
   GROUP BY stack
), sums AS MATERIALIZED (
  SELECT coalesce(a.site, r.site) AS asker,
         count(DISTINCT r.site) AS sites,
         sum(r.allocs) AS allocs,
         sum(r.frees) AS frees,
         sum(r.live) AS live,
         sum(r.total_bytes) AS total_bytes,
         sum(r.live_bytes) AS live_bytes,
         sum(r.waste_bytes) AS waste_bytes
    FROM rollups AS r
    LEFT JOIN askers AS a ON a.stack = r.stack
   WHERE r.trace = :trace
     AND (r.kind = 'malloc' AND :malloc OR r.kind = 'cache' AND :cache)
     AND r.allocs > 0
   GROUP BY 1
)
SELECT s.owner,
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
       max(s.wrapper) AS wrapper
  FROM sums AS u
  JOIN sites AS s ON s.trace = :trace AND s.site = u.asker
 WHERE (:tracing OR NOT s.tracing)
   AND in_branch(coalesce(s.path, '(' || s.state || ')'), :branch)
 GROUP BY s.owner, 2
