-- title: Slab size classes: bytes requested against bytes allocated
-- group: dynamic
-- see: frequent malloc-vs-cache
-- text: One row per size of an object in its slab: the kmalloc size classes, and
--   the objects of each kmem_cache size. Waste of small requests in large
--   classes is what a kmem_cache of their own would save (report frequent).
-- param: build use the newest trace of this build; default: the newest trace
-- param: trace
-- param: image=all that the calls are in: vmlinux, modules, the name of one; default: all
-- param: branch
-- param: malloc
-- param: cache
-- param: tracing
-- column: bytes_alloc bytes asc  size of one object
-- column: kind text  malloc or cache
-- column: allocs count sum  allocations
-- column: live count sum  allocations alive at the end
-- column: total_bytes bytes sum wide  bytes of all allocations
-- column: live_bytes bytes sum  bytes of the live ones
-- column: requested_bytes bytes sum  bytes that the live ones requested
-- column: waste_bytes bytes sum  internal fragmentation: live_bytes minus requested_bytes
-- column: percent percent  waste_bytes as a share of live_bytes
-- column: total_waste_bytes bytes sum wide  the same over all allocations
-- order: bytes_alloc, kind
-- empty: nothing was allocated there
-- footer: coverage-line
WITH kept AS MATERIALIZED (
  SELECT site, kind
    FROM site_sums
   WHERE trace = :trace
     AND (kind = 'malloc' AND :malloc OR kind = 'cache' AND :cache)
     AND (:tracing OR NOT tracing)
     AND (:branch = '' OR in_branch(place, :branch))
     AND (:image = 'all' OR image = :image
          OR :image = 'modules' AND image <> 'vmlinux')
)
SELECT h.bytes_alloc,
       h.kind,
       sum(h.allocs) AS allocs,
       sum(h.live) AS live,
       sum(h.allocs * h.bytes_alloc) AS total_bytes,
       sum(h.live * h.bytes_alloc) AS live_bytes,
       sum(h.live * h.bytes_req) AS requested_bytes,
       sum(h.live * (h.bytes_alloc - h.bytes_req)) AS waste_bytes,
       100.0 * sum(h.live * (h.bytes_alloc - h.bytes_req))
             / nullif(sum(h.live * h.bytes_alloc), 0) AS percent,
       sum(h.allocs * (h.bytes_alloc - h.bytes_req)) AS total_waste_bytes
  FROM shapes AS h
  JOIN kept AS k ON k.site = h.site AND k.kind = h.kind
 WHERE h.trace = :trace
 GROUP BY h.bytes_alloc, h.kind
