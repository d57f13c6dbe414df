-- Where a build has a symbol of that name, or what the compiler made of it:
-- name.isra.0.
SELECT o.path_id, o.footprint, s.ordinal
  FROM object_footprints AS o
 CROSS JOIN symbols AS s ON s.footprint = o.footprint
 WHERE o.build = :build
   AND o.role IN ('vmlinux', 'module', 'boot', 'vdso')
   -- Cheap, and true of both below: '/' comes after '.'.
   AND s.symbol BETWEEN :name AND :name || '/'
   AND (s.symbol = :name
        OR substr(s.symbol, 1, length(:name) + 1) = :name || '.')
   AND s.section_ordinal >= 0
 ORDER BY o.path_id, s.ordinal;
