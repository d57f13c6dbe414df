-- The table "definitions" of kmemdb show: each object of :build that defines
-- the symbol :name, or that with a suffix of the compiler (name.isra.0).
--
-- title: Objects that define it
-- column: symbol text  its name, with the compiler's suffixes
-- column: path text  the object
-- column: role text  vmlinux, module, linktime, boot, vdso, host or unlinked
-- column: section text  its section; - if it is in none
-- column: class text  class of its section
-- column: lifetime text  resident, init or discard; - if the link is not known
-- column: type text  func, object, notype, tls, ifunc or common
-- column: size bytes  size in the symbol table
-- column: own bytes sum  bytes counted for it: 0 for an alias, or a symbol inside another
-- column: bind text  local, global or weak
-- empty: no object of the build defines it
SELECT s.symbol,
       o.path,
       o.role,
       -- SELECTs instead of joins: those would read every section there is.
       coalesce((SELECT sec.section FROM sections AS sec
                  WHERE sec.footprint = s.footprint
                    AND sec.ordinal = s.section_ordinal), '-') AS section,
       coalesce((SELECT sec.class FROM sections AS sec
                  WHERE sec.footprint = s.footprint
                    AND sec.ordinal = s.section_ordinal), '-') AS class,
       coalesce((SELECT f.lifetime FROM placements AS f
                  WHERE f.placement_set = o.placement_set
                    AND f.ordinal = s.section_ordinal), '-') AS lifetime,
       s.type,
       s.size,
       s.own,
       s.bind
  FROM objects AS o
  JOIN symbols AS s ON s.footprint = o.footprint
 WHERE o.build = :build
   -- Cheap, and true of both below: '/' comes after '.'.
   AND s.symbol BETWEEN :name AND :name || '/'
   AND (s.symbol = :name
        OR substr(s.symbol, 1, length(:name) + 1) = :name || '.')
 ORDER BY s.size DESC, o.path, s.symbol, s.ordinal;
