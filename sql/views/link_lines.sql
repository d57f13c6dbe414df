-- view: link_lines
-- title: From the sizes of the objects to the size of the image, line by line.
-- column: build id       the build
-- column: image_id id    the image
-- column: image text     its name
-- column: ordinal id     place of the line, from 0
-- column: line text      objects, linktime, discards, merged, common, fill, script, linker, image, unexplained, span or init
-- column: subject text   output section or object of the line, or ''; of span a symbol: _text to there
-- column: bytes bytes    signed as it enters the sum
-- column: to_page bytes  of a fill: what ends at a boundary of 4 KiB, where the layout jumps; NULL: not known, or no fill
CREATE VIEW link_lines AS
SELECT i.build,
       i.id AS image_id,
       n.text AS image,
       l.ordinal,
       @word(line, l.kind) AS line,
       l.subject,
       l.bytes,
       l.to_page
  FROM link_line AS l
  JOIN image AS i ON i.id = l.image
  JOIN name AS n ON n.id = i.name;
