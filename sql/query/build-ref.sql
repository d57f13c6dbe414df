-- The builds that :ref means, best first; :ref NULL is the newest.
-- An id beats a label, a label a commit; a commit may be cut short to four
-- digits.  Two rows of the best rank are an ambiguity that the user must
-- resolve.
WITH candidates AS (
  SELECT build, label, commit_id, audited_ns,
         CASE WHEN :ref IS NULL THEN 0
              WHEN CAST(build AS TEXT) = :ref THEN 1
              WHEN label = :ref THEN 2
              WHEN lower(commit_id) = lower(:ref) THEN 3
              WHEN length(:ref) >= 4
               AND lower(substr(commit_id, 1, length(:ref))) = lower(:ref)
              THEN 4
         END AS rank
    FROM builds
)
SELECT build,
       'build ' || build
         || coalesce(' (' || coalesce(label, substr(commit_id, 1, 12)) || ')',
                     '') AS words
  FROM candidates
 WHERE rank = (SELECT min(rank) FROM candidates)
 ORDER BY audited_ns DESC, build DESC
 LIMIT CASE WHEN :ref IS NULL THEN 1 ELSE 5 END;
