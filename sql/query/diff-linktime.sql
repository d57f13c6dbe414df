-- Output sections in which nothing differs but what the final link makes: no
-- object that is in one, and no other line of the link about it.  What their
-- fill gained or lost is the link-time objects' doing.
INSERT INTO temp.diff_linktime (section)
WITH made AS (
  SELECT path_id, footprint, placement_set, build
    FROM objects
   WHERE build IN (:base, :build) AND role = 'linktime'
), changed AS (
  -- Of each version the same name: its content or its size is another.
  SELECT placement_set FROM made
   WHERE footprint NOT IN (SELECT m.footprint FROM made AS m
                            WHERE m.build <> made.build)
  UNION ALL
  SELECT o.placement_set
    FROM temp.diff_stamped AS s
    JOIN objects AS o
      ON o.build IN (:base, :build) AND o.path_id = s.path_id
)
SELECT DISTINCT f.output
  FROM changed AS c
  JOIN placements AS f ON f.placement_set = c.placement_set
 WHERE f.lifetime <> 'discard'
EXCEPT
SELECT f.output
  FROM temp.diff_object AS d
  JOIN objects AS o ON o.build IN (:base, :build) AND o.path_id = d.path_id
  JOIN placements AS f ON f.placement_set = o.placement_set
EXCEPT
SELECT subject
  FROM temp.diff_link
 WHERE line NOT IN ('linktime', 'fill') AND before <> after;
