-- view: sections
-- title: The sections of each footprint; join objects on footprint.
-- column: footprint id   the footprint
-- column: ordinal id     the section's number in it, from 0
-- column: section text   the section's name
-- column: class text     text, rodata, data, bss, percpu, strings, meta, or debug (not allocated)
-- column: type id        SHT_*
-- column: flags id       SHF_*
-- column: size bytes     its size
-- column: align bytes    its alignment
-- column: entsize bytes  size of an entry, of mergeable sections
-- column: unattributed bytes   what no symbol covers
CREATE VIEW sections AS
SELECT s.footprint,
       s.ordinal,
       n.text AS section,
       CASE s.class WHEN 0 THEN 'text' WHEN 1 THEN 'rodata'
                    WHEN 2 THEN 'data' WHEN 3 THEN 'bss'
                    WHEN 4 THEN 'percpu' WHEN 5 THEN 'strings'
                    WHEN 6 THEN 'meta' ELSE 'debug' END AS class,
       s.type,
       s.flags,
       s.size,
       s.align,
       s.entsize,
       s.unattributed
  FROM section AS s
  -- LEFT: who does not ask for the name need not look it up.
  LEFT JOIN name AS n ON n.id = s.name;
