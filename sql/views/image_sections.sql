-- view: image_sections
-- title: The sections of each linked file.
-- column: build id       the build
-- column: image_id id    the image
-- column: image text     its name
-- column: ordinal id     number of the section, from 0
-- column: section text   its name
-- column: class text     by its flags in the linked file (view sections has the objects' own)
-- column: type id        SHT_*
-- column: flags id       SHF_*
-- column: addr id        address, 64-bit two's complement
-- column: size bytes     its size
-- column: align bytes    its alignment
CREATE VIEW image_sections AS
SELECT i.build,
       i.id AS image_id,
       im.text AS image,
       s.ordinal,
       n.text AS section,
       @word(class, s.class) AS class,
       s.type,
       s.flags,
       s.addr,
       s.size,
       s.align
  FROM image AS i
  JOIN name AS im ON im.id = i.name
  JOIN linked_image_section AS s ON s.linked_image = i.linked_image
  JOIN name AS n ON n.id = s.name;
