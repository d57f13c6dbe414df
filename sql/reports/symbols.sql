-- title: Every function and variable, local ones too
-- text: A symbol's own bytes are what it alone accounts for: an alias, or a
--   symbol inside another, has none. Own bytes and unattributed bytes of a
--   section make up the section (report sections).
-- param: build
-- param: image
-- param: branch
-- column: symbol text  its name, with the compiler's suffixes
-- column: path text  the object that defines it
-- column: section text  the section it is in; - where it is in none
-- column: type text  func, object, notype, tls, ifunc or common
-- column: size bytes  as the symbol table says
-- column: own bytes sum  bytes counted for it
-- column: bind text  local, global or weak
-- column: class text  what its section is
-- order: size, symbol, path
-- empty: no symbol in that branch of that image
SELECT s.symbol,
       o.path,
       coalesce(sec.section, '-') AS section,
       s.type,
       s.size,
       s.own,
       s.bind,
       coalesce(sec.class, '-') AS class
  FROM objects AS o
  JOIN symbols AS s ON s.footprint = o.footprint
  LEFT JOIN sections AS sec
    ON sec.footprint = s.footprint AND sec.ordinal = s.section_ordinal
 WHERE o.build = :build
   AND o.path_id IN (SELECT path_id FROM leaves
                      WHERE build = :build AND image = :image)
   AND in_branch(o.path, :branch)
