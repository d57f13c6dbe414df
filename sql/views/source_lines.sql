-- view: source_lines
-- title: Source lines and inline chains of call sites, from debug information.
-- column: build id       the build
-- column: image text     vmlinux or a module
-- column: section text   a module's section that address counts in; NULL: vmlinux
-- column: address id     of the return, as linked: 64-bit two's complement
-- column: depth id       0 is the innermost frame
-- column: function text  the function of the frame; NULL at depth 0: not known
-- column: file text      source file
-- column: line id        line in it
CREATE VIEW source_lines AS
SELECT l.build,
       i.text AS image,
       s.text AS section,
       l.address,
       l.depth,
       f.text AS function,
       fi.text AS file,
       l.line
  FROM source_line AS l
  LEFT JOIN name AS i ON i.id = l.image
  LEFT JOIN name AS s ON s.id = l.section
  LEFT JOIN name AS f ON f.id = l.function
  LEFT JOIN name AS fi ON fi.id = l.file;
