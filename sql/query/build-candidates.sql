-- What the user may have meant by a :ref that no build answers to.
WITH names AS (
  SELECT CAST(build AS TEXT) AS name, audited_ns FROM builds
  UNION ALL
  SELECT label, audited_ns FROM builds WHERE label IS NOT NULL
  UNION ALL
  SELECT substr(commit_id, 1, 12), audited_ns
    FROM builds
   WHERE commit_id IS NOT NULL
)
SELECT name
  FROM names
 GROUP BY name
 ORDER BY edit_distance(name, :ref), max(audited_ns) DESC, name
 LIMIT 3;
