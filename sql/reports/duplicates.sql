-- title: Static functions and constant tables compiled into several objects
-- group: static
-- see: symbols largest
-- text: What a header defines (a static inline function that was not inlined, a
--   static const table) is in every object that uses it. Local functions and
--   constants are copies of one where name, size, class of section and content
--   are equal: bytes and relocations, by the name of what they refer to, by the
--   text of strings, and by the content of local functions and constants.
--   Numbers that the compiler puts into names are ignored ('#').
-- text: Left out: writable data and what uses a variable that only its own file
--   has (each file has its own state); __func__ and the like, which a name
--   makes; what the link discards; and functions with relocations that are not
--   understood (few; on MIPS those into their own file; on machines other than
--   x86, ARM, AArch64 and MIPS all functions). A build that an older
--   version audited has no contents: saved is - until the tree is audited
--   again, and names and sizes alone make a row.
-- param: build
-- param: image
-- param: branch
-- column: symbol text  its name, with '#' for a number
-- column: type text wide  func or object
-- column: class text wide  class of its section: text or rodata
-- column: size bytes  size of one copy
-- column: objects count wide  objects that have it
-- column: copies count sum  number of copies; an object may have several
-- column: bytes bytes sum  size of all copies
-- column: saved bytes sum  with a single copy: (copies - 1) x size; empty if contents were not compared
-- column: first text  an object that has it
-- column: last text wide  another one
-- order: saved, symbol, size, class, first
-- empty: no static function or table is in two objects of that branch
-- footer: skips-line
WITH made (type, pattern, any_content) AS (
  VALUES ('object', '*.#', 0),
         ('object', '__func__*', 1), ('object', '__FUNCTION__*', 1),
         ('object', '__PRETTY_FUNCTION__*', 1), ('object', '__UNIQUE_ID_*', 1),
         ('object', '__compound_literal*', 0)
), inside AS MATERIALIZED (
  SELECT o.path, o.placement_set, i.footprint, i.ordinal, i.content
    FROM contents AS i
   CROSS JOIN objects AS o ON o.build = i.build AND o.path_id = i.path_id
   WHERE i.build = :build
     AND i.path_id IN (SELECT path_id FROM leaves
                        WHERE build = :build AND image = :image)
     AND (i.content IS NOT NULL OR o.content_set IS NULL)
     AND in_branch(o.path, :branch)
), alike AS MATERIALIZED (
  -- A content that is there once is no copy: most are not looked up further.
  SELECT path, placement_set, footprint, ordinal, content
    FROM inside
   WHERE content IS NULL
      OR content IN (SELECT content FROM inside
                      GROUP BY content HAVING count(*) > 1)
)
SELECT s.norm AS symbol,
       s.type,
       sec.class,
       s.size,
       count(DISTINCT i.path) AS objects,
       count(*) AS copies,
       sum(s.own) AS bytes,
       CASE WHEN i.content IS NOT NULL THEN sum(s.own) - max(s.own) END
         AS saved,
       min(i.path) AS first,
       max(i.path) AS last
  FROM alike AS i
  CROSS JOIN symbols AS s ON s.footprint = i.footprint AND s.ordinal = i.ordinal
  CROSS JOIN sections AS sec
    ON sec.footprint = s.footprint AND sec.ordinal = s.section_ordinal
 -- A scan of all placements, were it a join.
 WHERE coalesce((SELECT p.lifetime FROM placements AS p
                  WHERE p.placement_set = i.placement_set
                    AND p.ordinal = s.section_ordinal), '-') <> 'discard'
 GROUP BY s.norm, s.type, sec.class, s.size, i.content
HAVING count(DISTINCT i.path) > 1
   AND NOT EXISTS (SELECT 1 FROM made
                    WHERE made.type = s.type AND s.norm GLOB made.pattern
                      AND (made.any_content OR i.content IS NULL))
