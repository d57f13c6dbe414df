-- The trace that :ref means: its id or label; else the newest of the build of
-- that id, label or commit (build-ref.sql has the same ranks).  :ref NULL is
-- the newest of all.  Two rows of the best rank are an ambiguity.
WITH newest AS MATERIALIZED (
  SELECT trace, build,
         row_number() OVER (PARTITION BY build
                            ORDER BY imported_ns DESC, trace DESC) AS place
    FROM traces
   WHERE build IS NOT NULL
), candidates AS (
  SELECT trace, build, imported_ns,
         CASE WHEN :ref IS NULL THEN 0
              WHEN CAST(trace AS TEXT) = :ref THEN 1
              WHEN label = :ref THEN 2 END AS rank
    FROM traces
  UNION ALL
  SELECT n.trace, n.build, 0,
         CASE WHEN CAST(b.build AS TEXT) = :ref THEN 3
              WHEN b.label = :ref THEN 4
              WHEN lower(b.commit_id) = lower(:ref) THEN 5
              WHEN length(:ref) >= 4
               AND lower(substr(b.commit_id, 1, length(:ref))) = lower(:ref)
              THEN 6 END
    FROM builds AS b
    JOIN newest AS n ON n.build = b.build AND n.place = 1
)
SELECT trace, coalesce(build, 0)
  FROM candidates
 WHERE rank = (SELECT min(rank) FROM candidates)
 ORDER BY imported_ns DESC, trace DESC
 LIMIT CASE WHEN :ref IS NULL THEN 1 ELSE 2 END;
