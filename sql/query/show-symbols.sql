-- The table "symbols" of kmemdb show: those of the object :name of :build.
--
-- title: Its symbols, largest first
-- column: symbol text  its name, with the compiler's suffixes
-- column: section text  its section; - if it is in none
-- column: class text  class of its section
-- column: type text  func, object, notype, tls, ifunc or common
-- column: bind text  local, global or weak
-- column: size bytes  size in the symbol table
-- column: own bytes sum  bytes counted for it: 0 for an alias, or a symbol inside another
-- empty: it defines no symbol, or its symbols were not read (role derived)
SELECT s.symbol,
       -- SELECTs instead of a join: that would read every section there is.
       coalesce((SELECT sec.section FROM sections AS sec
                  WHERE sec.footprint = s.footprint
                    AND sec.ordinal = s.section_ordinal), '-') AS section,
       coalesce((SELECT sec.class FROM sections AS sec
                  WHERE sec.footprint = s.footprint
                    AND sec.ordinal = s.section_ordinal), '-') AS class,
       s.type,
       s.bind,
       s.size,
       s.own
  FROM objects AS o
  JOIN symbols AS s ON s.footprint = o.footprint
 WHERE o.build = :build AND o.path = :name
 ORDER BY s.size DESC, s.symbol, s.ordinal;
