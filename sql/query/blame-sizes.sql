-- The objects of a directory that are loaded, of all builds, and their sizes.
WITH mine AS MATERIALIZED (
  SELECT path_id FROM paths WHERE in_branch(path, :branch)
)
SELECT b.build, o.path_id, o.footprint, f.total
  FROM builds AS b
 CROSS JOIN mine AS m
 CROSS JOIN object_footprints AS o
    ON o.build = b.build AND o.path_id = m.path_id
 CROSS JOIN footprints AS f ON f.footprint = o.footprint
 WHERE o.role IN ('vmlinux', 'module', 'boot', 'vdso')
 ORDER BY b.build;
