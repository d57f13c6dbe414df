-- title: Objects whose per-CPU data grew
-- text: Each byte of it is taken once for every possible CPU, so 4 KB are 1 MB
--   on a machine of 256.
-- param: build
-- param: base
-- param: above=0 only objects that grew by more bytes
-- column: path text  the object
-- column: before bytes sum  per-CPU bytes in the base
-- column: after bytes sum  in the build
-- column: change bytes sum  after - before, for one CPU
-- order: change, path
-- empty: no object's per-CPU data grew by so much
WITH part AS (
  SELECT d.id, s.size AS before, 0 AS after
    FROM temp.diff_object AS d
    JOIN sections AS s ON s.footprint = d.before_footprint
   WHERE s.class = 'percpu'
  UNION ALL
  SELECT d.id, 0, s.size
    FROM temp.diff_object AS d
    JOIN sections AS s ON s.footprint = d.footprint
   WHERE s.class = 'percpu'
), sum AS (
  SELECT id, sum(before) AS before, sum(after) AS after
    FROM part
   GROUP BY id
)
SELECT coalesce(d.path, d.before_path) AS path, s.before, s.after,
       s.after - s.before AS change
  FROM sum AS s
  JOIN temp.diff_object AS d ON d.id = s.id
 WHERE :base IS NOT NULL AND :build IS NOT NULL
   AND s.after - s.before > :above
