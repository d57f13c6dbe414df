-- The builds that :ref means, best first; :ref NULL is the newest.
-- An id beats a label, a label a commit; a commit may be cut short to four
-- digits.  Of builds that differ in nothing but whether the sources were
-- changed, the clean one is meant; COMMIT-dirty is the other.  Two rows of the
-- best rank are an ambiguity that the user must resolve.
WITH named AS MATERIALIZED (
  SELECT build FROM builds
   WHERE build = CAST(:ref AS INTEGER) AND CAST(build AS TEXT) = :ref
), among AS (
  -- Most ask for an id or the newest: then nothing is asked of the others.
  SELECT build FROM named
  UNION ALL
  SELECT * FROM (SELECT build FROM builds
                  WHERE :ref IS NULL
                  ORDER BY audited_ns DESC, build DESC
                  LIMIT 1)
  UNION ALL
  SELECT build FROM builds
   WHERE :ref IS NOT NULL AND NOT EXISTS (SELECT 1 FROM named)
), candidates AS MATERIALIZED (
  SELECT build, label, commit_id, config_hash, audited_ns,
         ifnull(dirty, 0) AS dirty,
         CASE WHEN :ref IS NULL THEN 0
              WHEN CAST(build AS TEXT) = :ref THEN 1
              WHEN label = :ref THEN 2
              WHEN lower(commit_id) = lower(:ref) THEN 3
              WHEN length(:ref) >= 4
               AND lower(substr(commit_id, 1, length(:ref))) = lower(:ref)
              THEN 4
              WHEN dirty AND lower(substr(:ref, -6)) = '-dirty'
               AND length(:ref) >= 10
               AND lower(substr(commit_id, 1, length(:ref) - 6)) =
                   lower(substr(:ref, 1, length(:ref) - 6))
              THEN 5
         END AS rank
    FROM among
    JOIN builds USING (build)
), best AS (
  SELECT * FROM candidates WHERE rank = (SELECT min(rank) FROM candidates)
)
SELECT build,
       'build ' || build
         || coalesce(' (' || coalesce(label, substr(commit_id, 1, 12))
                     || iif(dirty, ', dirty', '') || ')', '') AS words
  FROM best AS b
 WHERE NOT (b.dirty AND b.rank IN (2, 3, 4)
            AND EXISTS (SELECT 1 FROM best AS c
                         WHERE NOT c.dirty AND c.commit_id = b.commit_id
                           AND c.config_hash IS b.config_hash
                           AND c.label IS b.label))
 ORDER BY audited_ns DESC, build DESC
 LIMIT CASE WHEN :ref IS NULL THEN 1 ELSE 5 END;
