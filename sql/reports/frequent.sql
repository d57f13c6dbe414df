-- title: Most frequent call sites: candidates for a kmem_cache of their own
-- group: dynamic
-- see: classes caches
-- text: A site of kind malloc that always requests the same size can have a
--   kmem_cache, whose objects take that size rounded up to 8 bytes instead of
--   the next size class: saves is the difference for its live objects, not
--   counting unused room in the last slabs of the new cache.
-- param: build use the newest trace of this build; default: the newest trace
-- param: trace
-- param: branch
-- param: malloc
-- param: cache
-- param: tracing
-- column: caller text  return address of the call, symbol+0xoff; - if none was printed
-- column: path text  object that contains the call; in parentheses why there is none (see coverage)
-- column: kind text wide  malloc, or cache if it has one already
-- column: allocs count sum  allocations
-- column: frees count sum wide  allocations whose free was seen
-- column: live count sum wide  allocations alive at the end
-- column: total_bytes bytes sum wide  bytes of all allocations
-- column: live_bytes bytes sum  bytes of the live ones
-- column: waste_bytes bytes sum wide  internal fragmentation: live_bytes minus the bytes requested
-- column: per_second ratio  allocations per second of the trace; empty if its clock does not count seconds
-- column: min_req bytes  smallest size requested
-- column: max_req bytes  largest size requested
-- column: average_alloc ratio wide  bytes of one allocation on average
-- column: saves bytes sum  live bytes that a cache of its own would save; empty if sizes differ
-- column: owner text wide  function that requested the memory, outside inlined allocator headers
-- column: cache text wide  cache, if all its allocations have one; empty if not known or several
-- order: allocs, total_bytes, caller
-- empty: nothing was allocated there
-- footer: coverage-line
WITH sizes AS MATERIALIZED (
  SELECT site, kind, min(bytes_req) AS min_req, max(bytes_req) AS max_req
    FROM shapes
   WHERE trace = :trace
   GROUP BY site, kind
)
SELECT s.caller,
       s.place AS path,
       s.kind,
       s.allocs,
       s.frees,
       s.live,
       s.total_bytes,
       s.live_bytes,
       s.waste_bytes,
       1e9 * s.allocs / nullif(t.end_ns - t.begin_ns, 0) AS per_second,
       z.min_req,
       z.max_req,
       1.0 * s.total_bytes / s.allocs AS average_alloc,
       CASE WHEN s.kind = 'malloc' AND z.min_req = z.max_req
            THEN max(0, s.live_bytes - s.live * ((z.min_req + 7) / 8 * 8))
        END AS saves,
       s.owner,
       s.cache
  FROM site_sums AS s
  LEFT JOIN traces AS t ON t.trace = s.trace AND t.clock = 'ns'
  LEFT JOIN sizes AS z ON z.site = s.site AND z.kind = s.kind
 WHERE s.trace = :trace
   AND (s.kind = 'malloc' AND :malloc OR s.kind = 'cache' AND :cache)
   AND (:tracing OR NOT s.tracing)
   AND (:branch = '' OR in_branch(s.place, :branch))
   AND s.allocs > 0
