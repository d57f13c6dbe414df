-- view: symbols
-- title: The symbols of each footprint, local ones too; join objects on footprint.
-- column: footprint id   the footprint
-- column: ordinal id     the symbol's number in it, from 0, in the order of places
-- column: symbol text    its name, suffixes kept
-- column: norm text      the same with counters and line numbers as '#'
-- column: section_ordinal id   its section (view sections); -1 absolute, -2 COMMON
-- column: type text      func, object, notype, tls, ifunc, common or a number
-- column: bind text      local, global, weak, unique or a number
-- column: visibility id  STV_*
-- column: thumb id       1: an ARM function in Thumb code
-- column: value bytes    offset in the section (COMMON: the alignment)
-- column: size bytes     size in the symbol table
-- column: own bytes      bytes counted for it: 0 for an alias or a symbol inside another
-- column: name_id id     number of the name: equal for equal names
CREATE VIEW symbols AS
SELECT s.footprint,
       s.ordinal,
       n.text AS symbol,
       coalesce((SELECT m.text FROM name AS m WHERE m.id = n.norm), n.text)
         AS norm,
       s.section AS section_ordinal,
       CASE s.info & 15 WHEN 0 THEN 'notype' WHEN 1 THEN 'object'
                        WHEN 2 THEN 'func' WHEN 5 THEN 'common'
                        WHEN 6 THEN 'tls' WHEN 10 THEN 'ifunc'
                        ELSE s.info & 15 END AS type,
       CASE s.info >> 4 & 15 WHEN 0 THEN 'local' WHEN 1 THEN 'global'
                             WHEN 2 THEN 'weak' WHEN 10 THEN 'unique'
                             ELSE s.info >> 4 & 15 END AS bind,
       s.info >> 8 & 3 AS visibility,
       s.info >> 12 & 1 AS thumb,
       s.value,
       s.size,
       coalesce(s.own, s.size) AS own,
       s.name AS name_id
  FROM symbol AS s
  -- LEFT: who does not ask for the name need not look it up.
  LEFT JOIN name AS n ON n.id = s.name;
