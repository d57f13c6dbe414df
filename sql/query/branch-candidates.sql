-- The directories of :build that are nearest to :branch: those that end in
-- it, for who left out what is above ('ext4' means 'fs/ext4'), else those
-- that differ least.
WITH RECURSIVE directories(path) AS (
  SELECT DISTINCT directory FROM objects WHERE build = :build
   UNION
  -- The directory above: what is left of the last slash.
  SELECT rtrim(rtrim(path, replace(path, '/', '')), '/')
    FROM directories
   WHERE path LIKE '%/%'
), distances AS (
  SELECT path,
         CASE WHEN substr(path, -length(:branch) - 1) = '/' || :branch THEN -1
              ELSE edit_distance(path, :branch) END AS distance
    FROM directories
   WHERE path <> ''
)
SELECT path
  FROM distances
 WHERE distance = (SELECT min(distance) FROM distances)
 ORDER BY path
 LIMIT 3;
