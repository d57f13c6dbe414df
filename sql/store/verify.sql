-- What a second reading of an object is compared with (store/reading.c).

-- statement: reading_get
SELECT text, data, bss, machine, full FROM footprint WHERE id = ?1;

-- statement: reading_symbols
-- Names as fingerprints see them: objects that differ in counters share rows.
SELECT coalesce(m.text, n.text),
       CASE s.section WHEN -1 THEN '*ABS*' WHEN -2 THEN '*COM*'
                      ELSE sn.text END,
       s.value, s.size
  FROM symbol AS s
  JOIN name AS n ON n.id = s.name
  LEFT JOIN name AS m ON m.id = n.norm
  LEFT JOIN section AS c ON c.footprint = s.footprint AND c.ordinal = s.section
  LEFT JOIN name AS sn ON sn.id = c.name
 WHERE s.footprint = ?1;
