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
-- column: unattributed bytes   bytes that no symbol covers
CREATE VIEW sections AS
SELECT s.footprint,
       s.ordinal,
       n.text AS section,
       @word(class, s.class) AS class,
       s.type,
       s.flags,
       s.size,
       s.align,
       s.entsize,
       s.unattributed
  FROM section AS s
  -- LEFT: who does not ask for the name need not look it up.
  LEFT JOIN name AS n ON n.id = s.name;
