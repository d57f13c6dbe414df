-- What a second reading of an object is compared with (store/reading.c).

-- statement: reading_objects
SELECT CASE d.path WHEN '' THEN p.file ELSE d.path || '/' || p.file END,
       o.footprint
  FROM object AS o
  JOIN path AS p ON p.id = o.path
  JOIN dir AS d ON d.id = p.dir
 WHERE o.build = ?1
 ORDER BY o.path;

-- statement: reading_difference
-- A caveat of a build, once.
INSERT INTO caveat (build, ordinal, text)
SELECT ?1, (SELECT coalesce(max(ordinal), -1) + 1 FROM caveat
             WHERE build = ?1), ?2
 WHERE NOT EXISTS (SELECT 1 FROM caveat WHERE build = ?1 AND text = ?2);

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
