-- What the user may have meant by a :word (:path, written as a path) that is
-- no object and no symbol of :build and :trace: the directory of that name,
-- else the paths that differ least where it looks like one, else the symbols.
-- Nobody means a name of which half is another one.  NULL last: what there is
-- is not like it.
WITH bound AS (
  SELECT max(2, length(:word) / 2) AS most
), directory AS (
  SELECT :path AS name
   WHERE EXISTS (SELECT 1 FROM objects
                  WHERE build = :build AND in_branch(path, :path))
), paths AS (
  SELECT path AS name,
         -- Of a word without directories only the file is compared.
         CASE WHEN instr(:path, '/') OR directory = '' THEN path
              ELSE substr(path, length(directory) + 2) END AS compared
    FROM objects
   WHERE build = :build
     AND (instr(:path, '/') OR substr(:path, -2) IN ('.o', '.c', '.S'))
), a_symbol AS MATERIALIZED (
  -- Asked once, not of each name.
  SELECT 1
   WHERE NOT EXISTS (SELECT 1 FROM directory)
     AND NOT (instr(:path, '/') OR substr(:path, -2) IN ('.o', '.c', '.S'))
), others AS NOT MATERIALIZED (
  SELECT name_id, name, edit_distance(name, :word) AS distance
    FROM a_symbol
   CROSS JOIN names
   WHERE name <> ''
), alike AS MATERIALIZED (
  SELECT name_id, name, distance
    FROM others
   ORDER BY distance, name
   LIMIT 100
), found AS MATERIALIZED (
  -- Names are not of this build alone.  To look for a few of them among its
  -- symbols is quick, and the first three of those that are there are the
  -- three that are meant.
  SELECT name, distance
    FROM alike
   WHERE distance <= (SELECT most FROM bound)
     AND name_id IN (SELECT s.name_id
                       FROM objects AS o
                       JOIN symbols AS s ON s.footprint = o.footprint
                      WHERE o.build = :build
                        AND s.name_id IN (SELECT name_id FROM alike))
), few AS (
  -- More names than those are like it, too.
  SELECT count(*) AS n
    FROM found
  HAVING n < 3
     AND (SELECT count(*) = 100 AND max(distance) <= (SELECT most FROM bound)
            FROM alike)
), near AS MATERIALIZED (
  SELECT name, edit_distance(compared, :word) AS distance
    FROM paths
   WHERE NOT EXISTS (SELECT 1 FROM directory)
  UNION ALL
  SELECT name, distance FROM found
  UNION ALL
  -- Most names are of other builds: then all of this one's.  CROSS: nothing
  -- is read where few has no row.
  SELECT name, distance
    FROM few
    CROSS JOIN others
   WHERE name_id IN (SELECT s.name_id
                       FROM objects AS o
                       JOIN symbols AS s ON s.footprint = o.footprint
                      WHERE o.build = :build)
  UNION ALL
  SELECT function, edit_distance(function, :word)
    FROM sites
   WHERE trace = :trace AND function <> ''
     AND NOT EXISTS (SELECT 1 FROM directory)
)
SELECT name, 1 AS directory
  FROM directory
UNION ALL
SELECT name, 0
  FROM (SELECT DISTINCT name, distance
          FROM near
         -- A name comes as often as objects have it.  Three distances have
         -- three names at least: only those few are sorted by name.
         WHERE distance <= (SELECT most FROM bound)
           AND distance <= (SELECT max(distance)
                              FROM (SELECT DISTINCT distance
                                      FROM near
                                     ORDER BY distance
                                     LIMIT 3))
         ORDER BY distance, name
         LIMIT 3)
UNION ALL
SELECT NULL, 0
 WHERE :build IS NOT NULL OR :trace IS NOT NULL;
