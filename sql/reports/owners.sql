-- title: Memory by the function that asked for it, past wrappers
-- text: The owner of a call is looked for outward through what was inlined from
--   the headers of allocators and, where a stack was traced, past functions
--   that allocate for their callers (view wrappers lists both). Rows are owner
--   and object: functions of one name stay apart.
-- param: build the newest trace of this build; default: of any
-- param: trace
-- param: branch
-- param: malloc
-- param: cache
-- param: tracing
-- column: owner text  function that asked
-- column: path text  the object that holds it; in parentheses why there is none (coverage explains)
-- column: sites count sum  call sites of allocators that it came through
-- column: allocs count sum  allocations
-- column: frees count sum  those whose free was seen
-- column: live count sum  those alive at the end
-- column: total_bytes bytes sum  given by all allocations
-- column: live_bytes bytes sum  given to those alive at the end
-- column: waste_bytes bytes sum  of live_bytes not asked for
-- column: percent percent sum  share of all live_bytes shown
-- column: wrapper id  1: it allocates for its callers, and no stack tells for whom
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
