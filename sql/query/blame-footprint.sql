-- The footprint of an object in a build, and its size.
SELECT o.footprint, f.total
  FROM object_footprints AS o
  JOIN footprints AS f ON f.footprint = o.footprint
 WHERE o.build = :build AND o.path_id = :path;
