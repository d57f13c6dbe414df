-- view: fates
-- title: Where the final link put each section of an object; join objects on fate.
-- column: fate id        number of the set
-- column: ordinal id     the section (view sections)
-- column: output text    section of the image it is in; NULL: nowhere
-- column: life text      resident, init (freed after boot) or discard (never in the image)
CREATE VIEW fates AS
SELECT f.fate,
       f.ordinal,
       n.text AS output,
       CASE f.life WHEN 0 THEN 'resident' WHEN 1 THEN 'init'
                   ELSE 'discard' END AS life
  FROM fate_section AS f
  LEFT JOIN name AS n ON n.id = f.output;
