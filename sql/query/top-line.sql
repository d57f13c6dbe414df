-- A line in function :symbol of object :path: the first that allocates there,
-- in the newest trace of :build.
SELECT file, line
  FROM sites
 WHERE trace = (SELECT max(trace) FROM traces
                 WHERE build = CAST(:build AS INTEGER))
   AND path = :path AND function = :symbol AND file IS NOT NULL
 ORDER BY line
 LIMIT 1;
