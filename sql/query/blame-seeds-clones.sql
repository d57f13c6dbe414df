-- Where a build has a symbol of that name, or what the compiler made of it:
-- name.isra.0.  Names are read once, and no symbol where none is meant.
WITH clones AS MATERIALIZED (
  SELECT name_id
    FROM names
   -- Cheap, and true of both below: '/' comes after '.'.
   WHERE name BETWEEN :name AND :name || '/'
     AND (name = :name
          OR substr(name, 1, length(:name) + 1) = :name || '.')
)
SELECT o.path_id, o.footprint, s.ordinal
  FROM (SELECT 1 FROM clones LIMIT 1)
 CROSS JOIN object_footprints AS o
 CROSS JOIN symbols AS s ON s.footprint = o.footprint
 WHERE o.build = :build
   AND o.role IN ('vmlinux', 'module', 'boot', 'vdso')
   AND s.name_id IN (SELECT name_id FROM clones)
   AND s.section_ordinal >= 0
 ORDER BY o.path_id, s.ordinal;
