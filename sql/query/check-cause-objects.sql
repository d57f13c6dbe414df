-- title: Objects that did it
-- text: Of each budget that is broken, warned of or excused: the objects that
--   grew most; of a limit that was broken without growth, the largest ones.
-- column: budget text  the line of the budget file
-- column: path text  the object
-- column: before bytes  in the base
-- column: after bytes  in the build
-- column: change bytes  after - before
-- column: percent percent  change as a share of before
-- column: what text  grown, added, or - of the largest
-- empty: no object grew
WITH part AS (
  SELECT path, after AS is_after,
         CASE :metric WHEN 'text' THEN text
                      WHEN 'data' THEN data
                      WHEN 'bss' THEN bss
                      WHEN 'resident' THEN resident
                      WHEN 'init' THEN init
                      WHEN 'strings' THEN strings
                      WHEN 'percpu' THEN percpu
                      WHEN 'compressed' THEN text + data
                      ELSE total END AS bytes
    FROM temp.check_part
   WHERE image = :image
     AND (:what = 'image' OR :what = 'branch' AND in_branch(path, :name))
), row AS (
  SELECT path,
         coalesce(sum(bytes) FILTER (WHERE NOT is_after), 0) AS before,
         coalesce(sum(bytes) FILTER (WHERE is_after), 0) AS after,
         min(is_after) AS new
    FROM part
   GROUP BY path
)
SELECT :budget AS budget,
       path,
       iif(:grown, before, NULL) AS before,
       after,
       iif(:grown, after - before, NULL) AS change,
       iif(:grown, 100.0 * (after - before) / nullif(before, 0), NULL) AS percent,
       CASE WHEN NOT :grown THEN '-' WHEN new THEN 'added' ELSE 'grown' END AS what
  FROM row
 WHERE after > 0 AND (NOT :grown OR after > before)
 ORDER BY iif(:grown, after - before, after) DESC, path
 LIMIT :rows;
