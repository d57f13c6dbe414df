-- view: placements
-- title: Where the final link placed each section of an object; join objects on placement_set.
-- column: placement_set id        number of the set
-- column: ordinal id     the section (view sections)
-- column: output text    section of the image it is in; NULL: nowhere
-- column: lifetime text      resident, init (freed after boot) or discard (never in the image)
CREATE VIEW placements AS
SELECT f.placement_set,
       f.ordinal,
       n.text AS output,
       @word(lifetime, f.lifetime) AS lifetime
  FROM section_placement AS f
  LEFT JOIN name AS n ON n.id = f.output;
