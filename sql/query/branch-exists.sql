-- A row where :branch is a directory, or an object, of :build.
SELECT 1
  FROM objects
 WHERE build = :build AND in_branch(path, :branch)
 LIMIT 1;
