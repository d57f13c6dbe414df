-- The symbols of one side of the objects that differ; :after is 0 or 1.
-- column: what C reads, by place (query/diff.c)
SELECT d.id,
       sec.section,
       s.norm,
       s.symbol,
       s.value,
       s.size,
       s.type,
       s.own
  FROM temp.diff_object AS d
  JOIN symbols AS s
    ON s.footprint = iif(:after, d.footprint, d.before_footprint)
  JOIN sections AS sec
    ON sec.footprint = s.footprint AND sec.ordinal = s.section_ordinal
 WHERE sec.class <> 'debug' AND NOT d.moved;
