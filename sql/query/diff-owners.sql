-- Who asked at the call sites of one trace, the base where :is_base is 1: as
-- report owners, along the stacks.  Functions of the base that were moved or
-- renamed go by the name that they have after; a site that no stack tells of, by
-- the owner of its pair.
INSERT INTO temp.diff_owner (is_after, owner, path, place, kind, tracing, site,
                             alone, live, waste, total, allocs)
WITH side AS MATERIALIZED (
  SELECT iif(:is_base, before, after) AS trace FROM temp.diff_trace
), moved AS MATERIALIZED (
  SELECT before_path, before_symbol, path, symbol
    FROM temp.diff_symbol
   WHERE :is_base AND what IN ('moved', 'renamed')
), elsewhere AS MATERIALIZED (
  SELECT before_path, path FROM temp.diff_object WHERE :is_base AND moved
), hidden AS MATERIALIZED (
  SELECT pattern FROM wrappers WHERE kind IN ('function', 'allocator')
), used AS MATERIALIZED (
  -- Sites whose owner is not known by themselves: for those the stack tells.
  SELECT s.site, s.function
    FROM sites AS s
   WHERE s.trace = (SELECT trace FROM side)
     AND s.site IN (SELECT site FROM rollups
                     WHERE trace = (SELECT trace FROM side) AND stack > 0 AND allocs > 0
                       AND kind IN ('malloc', 'cache'))
     AND (s.wrapper OR s.state = 'none')
), functions AS MATERIALIZED (
  SELECT site, function,
         substr(function, 1, instr(substr(function, 2) || '.', '.')) AS base
    FROM sites
   WHERE trace = (SELECT trace FROM side) AND EXISTS (SELECT 1 FROM used)
), calls AS MATERIALIZED (
  -- The frame that is the call; before it are allocator and tracer.
  SELECT u.site, f.site AS frame
    FROM used AS u
    JOIN functions AS f ON f.function = u.function OR f.site = u.site
), asked AS (
  -- Looked up stack by stack: there may be a million frames.
  SELECT r.*,
         CASE WHEN r.stack > 0 AND r.site IN (SELECT site FROM used) THEN
           (SELECT f.site
              FROM stack_frames AS f
             WHERE f.trace = (SELECT trace FROM side) AND f.stack = r.stack
               AND f.depth > coalesce((SELECT g.depth
                                         FROM stack_frames AS g
                                        WHERE g.trace = (SELECT trace FROM side)
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
   WHERE r.trace = (SELECT trace FROM side)
     AND r.kind IN ('malloc', 'cache')
     AND r.allocs > 0
), pair AS MATERIALIZED (
  SELECT iif(:is_base, before_site, after_site) AS site, kind, owner, path,
         before_path, tracing,
         iif(:is_base, NOT is_after, before_path IS NULL) AS alone
    FROM temp.diff_site
), sums AS MATERIALIZED (
  SELECT site, kind, asker,
         sum(live_bytes) AS live,
         sum(waste_bytes) AS waste,
         sum(total_bytes) AS total,
         sum(allocs) AS allocs
    FROM asked
   GROUP BY site, kind, asker
)
SELECT NOT :is_base,
       CASE WHEN u.asker IS NULL THEN p.owner
            ELSE substr(coalesce(m.symbol, s.function), 1,
                        instr(substr(coalesce(m.symbol, s.function), 2)
                              || '.', '.')) END,
       CASE WHEN u.asker IS NULL THEN p.path
            ELSE coalesce(m.path, e.path, s.path, '(' || s.state || ')') END,
       CASE WHEN u.asker IS NULL
            THEN iif(:is_base, p.before_path, p.path)
            ELSE coalesce(s.path, '(' || s.state || ')') END,
       u.kind,
       iif(u.asker IS NULL, p.tracing, s.tracing),
       u.site,
       p.alone,
       u.live, u.waste, u.total, u.allocs
  FROM sums AS u
  JOIN pair AS p ON p.site = u.site AND p.kind = u.kind
  LEFT JOIN sites AS s ON s.trace = (SELECT trace FROM side) AND s.site = u.asker
  LEFT JOIN moved AS m
    ON m.before_path = s.path AND m.before_symbol = s.function
  LEFT JOIN elsewhere AS e ON e.before_path = s.path;
