-- The builds that have a symbol of that name, or a clone of it.  Most words
-- that get here are no name at all: then no symbol and no object is read, as
-- CROSS JOIN has no row to begin with.
WITH clones AS MATERIALIZED (
  SELECT name_id
    FROM names
   WHERE name BETWEEN :name AND :name || '/'
     AND (name = :name
          OR substr(name, 1, length(:name) + 1) = :name || '.')
), named AS MATERIALIZED (
  SELECT DISTINCT s.footprint
    FROM (SELECT 1 FROM clones LIMIT 1)
   CROSS JOIN symbols AS s
   WHERE s.name_id IN (SELECT name_id FROM clones)
     AND s.section_ordinal >= 0
)
SELECT DISTINCT o.build
  FROM (SELECT 1 FROM named LIMIT 1)
 CROSS JOIN object_footprints AS o
 WHERE o.footprint IN (SELECT footprint FROM named)
   AND o.role IN ('vmlinux', 'module', 'boot', 'vdso');
