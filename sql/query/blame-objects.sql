-- The objects of a build that are loaded, by their path.
SELECT path_id, footprint
  FROM object_footprints
 WHERE build = :build AND role IN ('vmlinux', 'module', 'boot', 'vdso')
 ORDER BY path_id;
