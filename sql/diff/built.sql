-- title: What was built, and how, where two builds differ in it
-- param: build
-- param: base
-- column: fact text  release, arch, compiler, commit, dirty or tree
-- column: before text  in the base; - where not known
-- column: after text  in the build
-- empty: both builds were made alike
WITH two AS MATERIALIZED (
  SELECT build, release, arch, compiler, commit_id, subject, dirty, tree
    FROM builds
   WHERE build IN (:base, :build)
), fact (build, place, fact, value) AS (
  SELECT build, 1, 'release', release FROM two
  UNION ALL SELECT build, 2, 'arch', arch FROM two
  UNION ALL SELECT build, 3, 'compiler', compiler FROM two
  UNION ALL SELECT build, 4, 'commit', substr(commit_id, 1, 12) || coalesce(' ' || subject, '') FROM two
  UNION ALL SELECT build, 5, 'dirty', CASE dirty WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END FROM two
  UNION ALL SELECT build, 6, 'tree', tree FROM two
)
SELECT b.fact,
       coalesce(b.value, '-') AS before,
       coalesce(a.value, '-') AS after
  FROM fact AS b
  JOIN fact AS a ON a.place = b.place
 WHERE b.build = :base AND a.build = :build AND a.value IS NOT b.value
 ORDER BY b.place
