-- The objects of :image in :build.  What needs their sections is measured
-- where :sections is set; it takes five times as long.
INSERT INTO temp.check_part (image, after, path, text, data, bss, total,
                             resident, init, strings, percpu)
WITH chosen AS MATERIALIZED (
  SELECT o.path, o.text, o.data, o.bss, o.total, o.footprint, o.placement_set
    FROM objects AS o
   WHERE o.build = :build
     AND o.path_id IN (SELECT path_id FROM leaves
                        WHERE build = :build AND image = :image)
), placed AS MATERIALIZED (
  SELECT c.path,
         sum(s.size) FILTER (WHERE f.lifetime = 'resident') AS resident,
         sum(s.size) FILTER (WHERE f.lifetime = 'init') AS init
    FROM chosen AS c
    JOIN placements AS f ON f.placement_set = c.placement_set
    JOIN sections AS s
      ON s.footprint = c.footprint AND s.ordinal = f.ordinal
   WHERE :sections AND s.class <> 'debug'
   GROUP BY c.path
), classed AS MATERIALIZED (
  SELECT c.path,
         sum(s.size) FILTER (WHERE s.class = 'strings') AS strings,
         sum(s.size) FILTER (WHERE s.class = 'percpu') AS percpu
    FROM chosen AS c
    JOIN sections AS s ON s.footprint = c.footprint
   WHERE :sections AND s.class IN ('strings', 'percpu')
   GROUP BY c.path
)
SELECT :image, :after, c.path, c.text, c.data, c.bss, c.total,
       iif(c.placement_set IS NULL, NULL, coalesce(p.resident, 0)),
       iif(c.placement_set IS NULL, NULL, coalesce(p.init, 0)),
       coalesce(k.strings, 0), coalesce(k.percpu, 0)
  FROM chosen AS c
  LEFT JOIN placed AS p ON p.path = c.path
  LEFT JOIN classed AS k ON k.path = c.path;
