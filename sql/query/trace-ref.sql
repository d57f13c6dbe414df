-- The traces that :ref means; :ref NULL is the newest, of :build where that
-- is given.  Ranks as in build-ref.sql.
WITH candidates AS (
  SELECT trace, build, label, imported_ns,
         CASE WHEN :ref IS NULL THEN 0
              WHEN CAST(trace AS TEXT) = :ref THEN 1
              WHEN label = :ref THEN 2
         END AS rank
    FROM traces
   WHERE :ref IS NOT NULL OR :build IS NULL OR build = :build
)
SELECT trace,
       'trace ' || trace || coalesce(' (' || label || ')', '') AS words,
       build
  FROM candidates
 WHERE rank = (SELECT min(rank) FROM candidates)
 ORDER BY imported_ns DESC, trace DESC
 LIMIT CASE WHEN :ref IS NULL THEN 1 ELSE 5 END;
