-- The objects of an image whose footprints differ between two builds.
INSERT INTO temp.diff_object (path_id, before_path, path, before_footprint, footprint,
                              before, after)
WITH side AS (
  SELECT path_id, footprint AS b, NULL AS a FROM objects
   WHERE build = :base
     AND path_id IN (SELECT path_id FROM leaves
                      WHERE build = :base AND image = :image)
  UNION ALL
  SELECT path_id, NULL, footprint FROM objects
   WHERE build = :build
     AND path_id IN (SELECT path_id FROM leaves
                      WHERE build = :build AND image = :image)
), differs AS MATERIALIZED (
  -- Of a thousand objects ten differ: the rest is looked up for them alone.
  SELECT path_id, max(b) AS b, max(a) AS a
    FROM side
   GROUP BY path_id
  HAVING max(b) IS NOT max(a)
)
SELECT d.path_id,
       iif(d.b IS NULL, NULL, (SELECT o.path FROM objects AS o
                                WHERE o.build = :base
                                  AND o.path_id = d.path_id)),
       iif(d.a IS NULL, NULL, (SELECT o.path FROM objects AS o
                                WHERE o.build = :build
                                  AND o.path_id = d.path_id)),
       d.b,
       d.a,
       coalesce((SELECT o.total FROM objects AS o
                  WHERE o.build = :base AND o.path_id = d.path_id), 0),
       coalesce((SELECT o.total FROM objects AS o
                  WHERE o.build = :build AND o.path_id = d.path_id), 0)
  FROM differs AS d;
