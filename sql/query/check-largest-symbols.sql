-- title: Functions and variables that did it
-- column: budget text  the line of the budget file
-- column: symbol text  its name
-- column: path text  the object it is in
-- column: before bytes  in the base
-- column: after bytes  in the build
-- column: change bytes  after - before
-- column: percent percent  change as a share of before
-- column: what text  grown, added, moved, renamed, or - of the largest
-- empty: no symbol is there
WITH chosen AS MATERIALIZED (
  SELECT o.path, o.footprint, o.placement_set
    FROM objects AS o
   WHERE o.build = :build
     AND o.path IN (SELECT path FROM temp.check_part
                     WHERE image = :image AND after)
     AND (:what <> 'branch' OR in_branch(o.path, :name))
)
SELECT :budget AS budget,
       s.symbol,
       c.path,
       NULL AS before,
       s.own AS after,
       NULL AS change,
       NULL AS percent,
       '-' AS what
  FROM chosen AS c
  JOIN symbols AS s ON s.footprint = c.footprint
  JOIN sections AS sec
    ON sec.footprint = s.footprint AND sec.ordinal = s.section_ordinal
 WHERE s.own > 0 AND sec.class <> 'debug'
   AND (:what <> 'symbol' OR s.symbol GLOB :name)
   AND CASE :metric
         WHEN 'text' THEN sec.flags & 4 OR NOT sec.flags & 1
         WHEN 'data' THEN sec.flags & 5 = 1 AND sec.type <> 8
         WHEN 'bss' THEN sec.flags & 5 = 1 AND sec.type = 8
         WHEN 'compressed' THEN sec.type <> 8
         WHEN 'strings' THEN sec.class = 'strings'
         WHEN 'percpu' THEN sec.class = 'percpu'
         WHEN 'init' THEN (SELECT f.lifetime = 'init' FROM placements AS f
                            WHERE f.placement_set = c.placement_set
                              AND f.ordinal = sec.ordinal)
         WHEN 'resident' THEN (SELECT f.lifetime = 'resident' FROM placements AS f
                                WHERE f.placement_set = c.placement_set
                                  AND f.ordinal = sec.ordinal)
         ELSE 1 END
 ORDER BY s.own DESC, s.symbol, c.path
 LIMIT :rows;
