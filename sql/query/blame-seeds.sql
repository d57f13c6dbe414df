-- Where a build has a symbol whose name has one of a few numbers.
SELECT o.path_id, o.footprint, s.ordinal
  FROM object_footprints AS o
 CROSS JOIN symbols AS s ON s.footprint = o.footprint
 WHERE o.build = :build
   AND o.role IN ('vmlinux', 'module', 'boot', 'vdso')
   AND s.name_id BETWEEN :first AND :first + 8
   AND s.symbol = :name
   AND s.section_ordinal >= 0
 ORDER BY o.path_id, s.ordinal;
