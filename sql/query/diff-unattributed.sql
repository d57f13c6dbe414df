-- What no symbol covers, by object and section name.
INSERT INTO temp.diff_symbol (symbol, path, section, before, after, what,
                              before_symbol, before_path)
WITH part AS (
  SELECT d.id, sec.section, sec.unattributed AS before, 0 AS after
    FROM temp.diff_object AS d
    JOIN sections AS sec ON sec.footprint = d.before_footprint
   WHERE sec.class <> 'debug' AND NOT d.moved
  UNION ALL
  SELECT d.id, sec.section, 0, sec.unattributed
    FROM temp.diff_object AS d
    JOIN sections AS sec ON sec.footprint = d.footprint
   WHERE sec.class <> 'debug' AND NOT d.moved
), sum AS (
  SELECT id, section, sum(before) AS before, sum(after) AS after
    FROM part
   GROUP BY id, section
)
SELECT '-', coalesce(d.path, d.before_path), s.section, s.before, s.after,
       CASE WHEN d.before_path IS NULL THEN 'added'
            WHEN d.path IS NULL THEN 'removed'
            WHEN s.after > s.before THEN 'grown'
            ELSE 'shrunk' END,
       '-', d.before_path
  FROM sum AS s
  JOIN temp.diff_object AS d ON d.id = s.id
 WHERE s.before <> s.after;
