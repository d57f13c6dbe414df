-- The table "memory" of kmemdb show: the lifetimes of the sections of the object
-- :name of :build, and the allocations of its call sites in :trace (0: none).
--
-- title: Its lifetimes in the image, and its allocations
-- column: resident bytes  bytes of its sections that stay; NULL: the link is not known
-- column: init bytes  bytes that are freed after boot
-- column: discard bytes  bytes that never reach the image
-- column: unattributed bytes  bytes that no symbol covers
-- column: symbols count  symbols it defines
-- column: allocs count  kmalloc and kmem_cache allocations of its call sites; NULL without a trace
-- column: live_bytes bytes  bytes of the live ones
-- column: waste_bytes bytes  internal fragmentation: live_bytes minus the bytes requested
WITH subject AS (
  SELECT * FROM objects WHERE build = :build AND path = :name
), lives AS (
  SELECT sum(size) FILTER (WHERE lifetime = 'resident') AS resident,
         sum(size) FILTER (WHERE lifetime = 'init') AS init,
         sum(size) FILTER (WHERE lifetime = 'discard') AS discard,
         count(lifetime) AS known,
         sum(unattributed) AS unattributed
    FROM (SELECT sec.size,
                 sec.unattributed,
                 -- Not a join, which would read every placement set of the database.
                 (SELECT f.lifetime FROM placements AS f
                   WHERE f.placement_set = o.placement_set AND f.ordinal = sec.ordinal) AS lifetime
            FROM subject AS o
            JOIN sections AS sec ON sec.footprint = o.footprint
           WHERE sec.class <> 'debug')
), dynamic AS (
  SELECT sum(allocs) AS allocs,
         sum(live_bytes) AS live_bytes,
         sum(waste_bytes) AS waste_bytes
    FROM site_sums
   WHERE trace = :trace AND path = :name AND kind IN ('malloc', 'cache')
)
SELECT CASE WHEN l.known THEN coalesce(l.resident, 0) END AS resident,
       CASE WHEN l.known THEN coalesce(l.init, 0) END AS init,
       CASE WHEN l.known THEN coalesce(l.discard, 0) END AS discard,
       coalesce(l.unattributed, 0) AS unattributed,
       (SELECT count(*) FROM symbols AS s
         WHERE s.footprint = o.footprint) AS symbols,
       CASE WHEN :trace > 0 THEN coalesce(y.allocs, 0) END AS allocs,
       CASE WHEN :trace > 0 THEN coalesce(y.live_bytes, 0) END AS live_bytes,
       CASE WHEN :trace > 0 THEN coalesce(y.waste_bytes, 0) END AS waste_bytes
  FROM subject AS o, lives AS l, dynamic AS y;
