-- title: Static functions and constant tables compiled into several objects
-- group: static
-- see: symbols largest
-- text: What a header defines (a static inline function that was not inlined, a
--   static const table) is in every object that uses it. Local functions and
--   constants of the same name, size and class of section in two or more
--   objects are counted as copies of one. Contents are not compared, so saved
--   is an upper bound: two files may use one name for different things.
-- text: Left out: writable data (each file has its own state), and constants
--   that usually differ: those local to a function (name.12), __func__ and the
--   like. Numbers that the compiler puts into names are ignored ('#').
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
-- column: saved bytes sum  with a single copy: (copies - 1) x size
-- column: first text  an object that has it
-- column: last text wide  another one
-- order: saved, symbol, size, class
-- empty: no static function or table is in two objects of that branch
-- footer: skips-line
WITH chosen AS MATERIALIZED (
  SELECT o.path, o.footprint
    FROM objects AS o
   WHERE o.build = :build
     AND o.path_id IN (SELECT path_id FROM leaves
                        WHERE build = :build AND image = :image)
     AND in_branch(o.path, :branch)
), made (type, pattern) AS (
  VALUES ('object', '*.#'), ('object', '__func__*'),
         ('object', '__FUNCTION__*'), ('object', '__PRETTY_FUNCTION__*'),
         ('object', '__UNIQUE_ID_*'), ('object', '__compound_literal*')
)
SELECT s.norm AS symbol,
       s.type,
       sec.class,
       s.size,
       count(DISTINCT c.path) AS objects,
       count(*) AS copies,
       sum(s.own) AS bytes,
       sum(s.own) - max(s.own) AS saved,
       min(c.path) AS first,
       max(c.path) AS last
  FROM chosen AS c
  JOIN symbols AS s
    ON s.footprint = c.footprint AND s.bind = 'local'
   AND s.type IN ('func', 'object') AND s.own > 0
  JOIN sections AS sec
    ON sec.footprint = s.footprint AND sec.ordinal = s.section_ordinal
   AND sec.class IN ('text', 'rodata')
 GROUP BY s.norm, s.type, sec.class, s.size
HAVING count(DISTINCT c.path) > 1
   AND NOT EXISTS (SELECT 1 FROM made WHERE made.type = s.type
                     AND s.norm GLOB made.pattern)
