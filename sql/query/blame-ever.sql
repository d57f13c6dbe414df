-- The builds that have a symbol of that name, or a clone of it.
WITH named AS MATERIALIZED (
  SELECT DISTINCT footprint
    FROM symbols
   WHERE symbol BETWEEN :name AND :name || '/'
     AND (symbol = :name
          OR substr(symbol, 1, length(:name) + 1) = :name || '.')
     AND section_ordinal >= 0
)
SELECT DISTINCT build
  FROM object_footprints
 WHERE footprint IN (SELECT footprint FROM named)
   AND role IN ('vmlinux', 'module', 'boot', 'vdso');
