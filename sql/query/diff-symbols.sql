-- The symbols of one side of the objects that differ, without their names;
-- :after is 0 or 1.  In the order of their objects.
-- column: what C reads, by place (query/diff_symbols.c)
SELECT d.id,
       s.section_ordinal,
       s.name_id,
       s.value,
       s.size,
       s.type = 'func',
       s.own
  FROM temp.diff_object AS d
  JOIN symbols AS s
    ON s.footprint = iif(:after, d.footprint, d.before_footprint)
 WHERE NOT d.moved
 ORDER BY d.id, s.ordinal;
