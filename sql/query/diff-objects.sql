-- The objects of an image whose footprints differ between two builds.
INSERT INTO temp.diff_object (before_path, path, before_footprint, footprint,
                              before, after)
WITH b AS MATERIALIZED (
  SELECT path_id, path, footprint, total FROM objects
   WHERE build = :base
     AND path_id IN (SELECT path_id FROM leaves
                      WHERE build = :base AND image = :image)
), a AS MATERIALIZED (
  SELECT path_id, path, footprint, total FROM objects
   WHERE build = :build
     AND path_id IN (SELECT path_id FROM leaves
                      WHERE build = :build AND image = :image)
)
SELECT b.path, a.path, b.footprint, a.footprint,
       coalesce(b.total, 0), coalesce(a.total, 0)
  FROM b FULL JOIN a USING (path_id)
 WHERE b.footprint IS NOT a.footprint;
