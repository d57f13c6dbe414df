-- What a build is called, and where its sources are or were.
SELECT coalesce(commit_id, label, 'build ' || build), coalesce(source, tree)
  FROM builds
 WHERE build = :build;
