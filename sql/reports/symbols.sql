-- title: Symbols: functions and variables, static ones too
-- group: static
-- see: objects duplicates
-- text: The own bytes of a symbol count for it alone: an alias, or a symbol
--   inside of another, has none. Own bytes and unattributed bytes add up to the
--   section (report sections). Symbols of no size are left out: they are
--   labels, such as those of assembly and of initcalls; --labels shows them.
-- param: build
-- param: image
-- param: branch
-- param: labels
-- column: symbol text  its name, with the compiler's suffixes
-- column: path text  the object that defines it
-- column: section text  its section; - if it is in none
-- column: type text  func, object, notype, tls, ifunc or common
-- column: size bytes  size in the symbol table
-- column: own bytes sum  bytes counted for it
-- column: bind text wide  local, global or weak
-- column: class text wide  class of its section
-- order: size, symbol, path
-- empty: no symbol in that branch of that image
-- footer: skips-line
-- sums: apart
-- Lookups that no order needs are subqueries: SQLite makes them only for the
-- rows that are shown.
WITH chosen AS MATERIALIZED (
  SELECT o.path, o.footprint
    FROM objects AS o
   WHERE o.build = :build
     AND o.path_id IN (SELECT path_id FROM leaves
                        WHERE build = :build AND image = :image)
     AND in_branch(o.path, :branch)
)
SELECT s.symbol,
       c.path,
       coalesce((SELECT sec.section FROM sections AS sec
                  WHERE sec.footprint = s.footprint
                    AND sec.ordinal = s.section_ordinal), '-') AS section,
       s.type,
       s.size,
       s.own,
       s.bind,
       coalesce((SELECT sec.class FROM sections AS sec
                  WHERE sec.footprint = s.footprint
                    AND sec.ordinal = s.section_ordinal), '-') AS class
  FROM chosen AS c
  JOIN symbols AS s ON s.footprint = c.footprint
 WHERE s.size > 0 OR :labels
