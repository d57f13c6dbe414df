-- title: The call sites that allocate most often: candidates for a kmem_cache
-- text: A site of kind malloc that always asks for the same size can have a
--   kmem_cache, whose objects take the size rounded up to 8 bytes instead of
--   the next size class: saves is what its live objects would have needed
--   less, before the unused room of the new cache's last slabs.
-- param: build the newest trace of this build; default: of any
-- param: trace
-- param: branch
-- param: malloc
-- param: cache
-- param: tracing
-- column: caller text  the call's return address, symbol+0xoff; - where none was printed
-- column: path text  the object that holds the call; in parentheses why there is none (coverage explains)
-- column: kind text  malloc, or cache: it has one
-- column: allocs count sum  allocations
-- column: frees count sum  those whose free was seen
-- column: live count sum  those alive at the end
-- column: total_bytes bytes sum  given by all allocations
-- column: live_bytes bytes sum  given to those alive at the end
-- column: waste_bytes bytes sum  of live_bytes not asked for
-- column: per_second ratio  allocations a second of the trace; empty where its clock has no seconds
-- column: min_req bytes  the least it asked for
-- column: max_req bytes  the most; equal to min_req: always the same size
-- column: average_alloc bytes  given to one on average
-- column: saves bytes sum  live bytes that a cache of its own would save; empty where it cannot have one
-- column: owner text  the function that asked, past inlined allocator headers
-- column: cache text  the one cache of all its allocations; empty where not known, or several
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
       s.total_bytes / s.allocs AS average_alloc,
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
