-- title: Most frequent call sites: candidates for a kmem_cache of their own
-- group: dynamic
-- see: classes caches
-- text: A site of kind malloc that always requests the same size can have a
--   kmem_cache, whose objects take that size rounded up to 8 bytes instead of
--   the next size class. saves is what its live objects take in their size
--   classes minus the whole slabs that they would need in a cache of their own
--   (slabs x slab_pages pages), so unused room of the last slab counts; it is -
--   where a cache of its own saves nothing.
-- text: The slab is that of SLUB: of a cache in the imported slabinfo with
--   objects of that size (geometry slabinfo); else computed as SLUB does
--   (calculate_order with its defaults), for as many CPUs as explain the slabs
--   in slabinfo best, and without one for the CPUs seen in the trace (geometry
--   computed).
-- param: build use the newest trace of this build; default: the newest trace
-- param: trace
-- param: image=all that the calls are in: vmlinux, modules, the name of one; default: all
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
-- column: saves bytes sum  live bytes that a cache of its own would save, in whole slabs; empty if sizes differ, or if it saves nothing
-- column: owner text wide  function that requested the memory, outside inlined allocator headers
-- column: cache text wide  cache, if all its allocations have one; empty if not known or several
-- column: object_bytes bytes wide  size of an object in a cache of its own
-- column: slab_objects count wide  such objects in a slab
-- column: slab_pages count wide  pages of a slab
-- column: slabs count wide  slabs that the live objects would need
-- column: geometry text wide  where the size of a slab is from: slabinfo or computed; empty if sizes differ, or if the build is known not to use SLUB
-- order: saves, allocs, total_bytes, caller
-- empty: nothing was allocated there
-- footer: coverage-line
WITH RECURSIVE sizes AS MATERIALIZED (
  SELECT site, kind, min(bytes_req) AS min_req, max(bytes_req) AS max_req
    FROM shapes
   WHERE trace = :trace
   GROUP BY site, kind
), machine AS MATERIALIZED (
  SELECT t.page_size,
         coalesce(t.cpus, 1) AS cpus,
         coalesce(c.config NOT LIKE '%' || char(10) || 'CONFIG_SLAB=y%'
                  AND c.config NOT LIKE '%' || char(10) || 'CONFIG_SLOB=y%', 1)
           AS slub
    FROM traces AS t
    LEFT JOIN configs AS c ON c.build = t.build
   WHERE t.trace = :trace
), known AS MATERIALIZED (
  SELECT object_bytes,
         max(pages_per_slab) AS pages,
         max(objects_per_slab) AS objects
    FROM slabs
   WHERE trace = :trace AND object_bytes > 0 AND pages_per_slab > 0
     AND objects_per_slab > 0
   GROUP BY object_bytes
), guess (cpus) AS (
  -- What matters is the number of its bits.
  VALUES (1)
  UNION ALL
  SELECT 2 * cpus FROM guess WHERE cpus < 8192
), fitting AS MATERIALIZED (
  SELECT g.cpus,
         sum(slab_pages(k.object_bytes, m.page_size, g.cpus) = k.pages) AS caches,
         -- Many a number explains few caches.
         m.cpus BETWEEN g.cpus AND 2 * g.cpus - 1 AS seen
    FROM guess AS g
    JOIN machine AS m
    JOIN known AS k
   GROUP BY g.cpus
), fit AS MATERIALIZED (
  SELECT coalesce((SELECT cpus FROM fitting
                    ORDER BY caches DESC, seen DESC, cpus
                    LIMIT 1),
                  (SELECT cpus FROM machine)) AS cpus
), alike AS MATERIALIZED (
  SELECT z.site, z.kind, (z.min_req + 7) / 8 * 8 AS object_bytes
    FROM sizes AS z
    JOIN machine AS m
   WHERE z.kind = 'malloc' AND z.min_req = z.max_req AND z.min_req > 0
     AND m.slub
), own AS MATERIALIZED (
  SELECT a.site, a.kind, a.object_bytes, m.page_size, k.objects,
         coalesce(k.pages, slab_pages(a.object_bytes, m.page_size, f.cpus))
           AS pages
    FROM alike AS a
    JOIN machine AS m
    JOIN fit AS f
    LEFT JOIN known AS k ON k.object_bytes = a.object_bytes
), slab AS MATERIALIZED (
  SELECT site, kind, object_bytes, pages, page_size,
         coalesce(objects, pages * page_size / object_bytes) AS objects,
         iif(objects, 'slabinfo', 'computed') AS geometry
    FROM own
   WHERE pages * page_size >= object_bytes
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
       nullif(max(0, s.live_bytes - (s.live + o.objects - 1) / o.objects
                                    * o.pages * o.page_size), 0) AS saves,
       s.owner,
       s.cache,
       o.object_bytes,
       o.objects AS slab_objects,
       o.pages AS slab_pages,
       (s.live + o.objects - 1) / o.objects AS slabs,
       o.geometry
  FROM site_sums AS s
  LEFT JOIN traces AS t ON t.trace = s.trace AND t.clock = 'ns'
  LEFT JOIN sizes AS z ON z.site = s.site AND z.kind = s.kind
  LEFT JOIN slab AS o ON o.site = s.site AND o.kind = s.kind
 WHERE s.trace = :trace
   AND (s.kind = 'malloc' AND :malloc OR s.kind = 'cache' AND :cache)
   AND (:tracing OR NOT s.tracing)
   AND (:branch = '' OR in_branch(s.place, :branch))
   AND (:image = 'all' OR s.image = :image
        OR :image = 'modules' AND s.image <> 'vmlinux')
   AND s.allocs > 0
