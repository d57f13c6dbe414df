-- The statements that read a build's code back (store/codemap_rows.c).

-- statement: map_images
-- vmlinux, then the modules.
SELECT i.name, n.text, i.kind, i.member_list, i.linked_image, l.machine, l.elf_class,
       m.places, m.symbols
  FROM image AS i
  JOIN name AS n ON n.id = i.name
  LEFT JOIN linked_image AS l ON l.id = i.linked_image
  LEFT JOIN image_map AS m ON m.image = i.id
 WHERE i.build = ?1 AND i.kind IN (@number(image_kind, vmlinux), @number(image_kind, module))
 ORDER BY i.kind, i.id;

-- statement: map_members
SELECT r.ordinal, r.path, o.footprint, f.full, f.machine, f.elf_class,
       f.eflags
  FROM member_list_entry AS r
  JOIN object AS o ON o.build = ?1 AND o.path = r.path
  JOIN footprint AS f ON f.id = o.footprint
 WHERE r.member_list = ?2
 ORDER BY r.ordinal;

-- statement: map_sections
-- Flags 6: SHF_ALLOC and SHF_EXECINSTR.
SELECT s.ordinal, s.name, s.size, s.align, c.offsets
  FROM section AS s
  LEFT JOIN return_site AS c
       ON c.footprint = s.footprint AND c.section = s.ordinal
 WHERE s.footprint = ?1 AND s.flags & 6 = 6
 ORDER BY s.ordinal;

-- statement: map_symbols
SELECT section, value, size, name, info
  FROM symbol
 WHERE footprint = ?1
 ORDER BY ordinal;

-- statement: map_linked
SELECT s.name, n.text, s.size
  FROM linked_image_section AS s
  JOIN name AS n ON n.id = s.name
 WHERE s.linked_image = ?1 AND s.flags & 6 = 6
 ORDER BY s.ordinal;
