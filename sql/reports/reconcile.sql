-- title: From the objects to vmlinux as linked, line by line
-- group: trust
-- see: footprint alignment
-- text: Every line is computed on its own from the objects, the linker script
--   (or the linker's map) and the linked file; unexplained is the rest.
--   objects, linktime, discards, merged, common, fill, script, linker and
--   unexplained add up to image; span and init are read from the image.
-- param: build
-- param: image
-- column: line text  objects: sum of the image's objects; linktime: objects that the final link makes; discards: sections that never reach the image; merged: strings and constants stored once (per output section; they do not divide among objects); common: COMMON symbols given room; fill: alignment between objects' sections; script: bytes the linker script makes; linker: sections the linker makes; image: vmlinux as binutils size sees it; span: _text to _end, gaps included; init: what boot frees
-- column: subject text  the output section or object the line is about
-- column: bytes bytes  signed as it enters the sum
-- column: ordinal id wide  place of the line
-- order: ordinal:asc
-- empty: the link of that image is not known: only vmlinux is reconciled
-- footer: skips-line
SELECT line, subject, bytes, ordinal
  FROM link_lines
 WHERE build = :build AND image = :image
   -- A span to a symbol is for report boot-memory.
   AND NOT (line = 'span' AND subject <> '')
