-- view: link_lines
-- title: The itemised way from the objects' sizes to the image's.
-- column: build id       the build
-- column: image_id id    the image
-- column: image text     its name
-- column: ordinal id     place of the line, from 0
-- column: line text      objects, linktime, discards, merged, common, fill, script, linker, image, unexplained, span or init
-- column: subject text   output section or object it is about, or ''; of span a symbol: from _text to there
-- column: bytes bytes    signed as it enters the sum
CREATE VIEW link_lines AS
SELECT i.build,
       i.id AS image_id,
       n.text AS image,
       l.ordinal,
       CASE l.kind WHEN 0 THEN 'objects' WHEN 1 THEN 'linktime'
                   WHEN 2 THEN 'discards' WHEN 3 THEN 'merged'
                   WHEN 4 THEN 'common' WHEN 5 THEN 'fill'
                   WHEN 6 THEN 'script' WHEN 7 THEN 'linker'
                   WHEN 8 THEN 'image' WHEN 9 THEN 'unexplained'
                   WHEN 10 THEN 'span' ELSE 'init' END AS line,
       l.subject,
       l.bytes
  FROM link_line AS l
  JOIN image AS i ON i.id = l.image
  JOIN name AS n ON n.id = i.name;
