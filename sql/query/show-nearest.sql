-- What the user may have meant by a :word (:path, written as a path) that is
-- no object and no symbol of :build and :trace: the directory of that name,
-- else the paths that differ least where it looks like one, else the symbols.
WITH directory AS (
  SELECT :path AS name
   WHERE EXISTS (SELECT 1 FROM objects
                  WHERE build = :build AND in_branch(path, :path))
), names AS (
  SELECT path AS name,
         -- Of a word without directories only the file is compared.
         CASE WHEN instr(:path, '/') OR directory = '' THEN path
              ELSE substr(path, length(directory) + 2) END AS compared
    FROM objects
   WHERE build = :build
     AND (instr(:path, '/') OR substr(:path, -2) IN ('.o', '.c', '.S'))
  UNION ALL
  SELECT s.symbol, s.symbol
    FROM objects AS o
    JOIN symbols AS s ON s.footprint = o.footprint
   WHERE o.build = :build
     AND NOT (instr(:path, '/') OR substr(:path, -2) IN ('.o', '.c', '.S'))
  UNION ALL
  SELECT function, function FROM sites WHERE trace = :trace
), near AS MATERIALIZED (
  SELECT name, edit_distance(compared, :word) AS distance
    FROM names
   WHERE name <> '' AND NOT EXISTS (SELECT 1 FROM directory)
)
SELECT name, 1 AS directory
  FROM directory
UNION ALL
SELECT name, 0
  FROM (SELECT DISTINCT name, distance
          FROM near
         -- A name comes as often as objects have it.  Three distances have
         -- three names at least: only those few are sorted by name.
         WHERE distance <= (SELECT max(distance)
                              FROM (SELECT DISTINCT distance
                                      FROM near
                                     ORDER BY distance
                                     LIMIT 3))
         ORDER BY distance, name
         LIMIT 3);
