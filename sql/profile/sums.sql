-- title: Sums by call site and stack: together those of report accounting
-- param: build use the newest trace of this build; default: the newest trace
-- param: trace
-- param: branch
-- param: malloc
-- param: cache
-- param: tracing
-- column: stack id  the stack; 0: none was traced
-- column: site id  the call site
-- column: allocs count  allocations
-- column: total_bytes bytes  bytes of all allocations
-- column: live count  allocations alive at the end
-- column: live_bytes bytes  bytes of the live ones
-- column: waste_bytes bytes  internal fragmentation of the live ones
WITH chosen AS MATERIALIZED (
  SELECT site
    FROM sites
   WHERE trace = :trace
     AND (:tracing OR NOT tracing)
     AND (:branch = ''
          OR in_branch(coalesce(path, '(' || state || ')'), :branch))
)
SELECT stack,
       site,
       sum(allocs) AS allocs,
       sum(total_bytes) AS total_bytes,
       sum(live) AS live,
       sum(live_bytes) AS live_bytes,
       sum(waste_bytes) AS waste_bytes
  FROM rollups
 WHERE trace = :trace
   AND (kind = 'malloc' AND :malloc OR kind = 'cache' AND :cache)
   AND site IN (SELECT site FROM chosen)
   AND allocs > 0
 GROUP BY stack, site
 ORDER BY stack, site
