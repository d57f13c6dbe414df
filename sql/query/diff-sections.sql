-- The sections of one side of the objects that differ; :after is 0 or 1.  In
-- the order of their objects.
-- column: what C reads, by place (query/diff_symbols.c)
SELECT d.id,
       sec.ordinal,
       sec.section
  FROM temp.diff_object AS d
  JOIN sections AS sec
    ON sec.footprint = iif(:after, d.footprint, d.before_footprint)
 WHERE sec.class <> 'debug' AND NOT d.moved
 ORDER BY d.id, sec.ordinal;
