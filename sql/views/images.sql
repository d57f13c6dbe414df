-- view: images
-- title: Images that are loaded: vmlinux, each module, the boot stages.
-- column: build id       the build
-- column: image_id id    number of the image
-- column: image text     its name: vmlinux, fuse, setup.elf
-- column: kind text      vmlinux, module, boot or vdso
-- column: path text      the linked file, relative to the tree
-- column: objects count  its members
-- column: text bytes     of the linked file (binutils size); NULL if it is missing
-- column: data bytes     likewise
-- column: bss bytes      likewise
-- column: total bytes    text + data + bss
-- column: build_id text  GNU build-id, hexadecimal, or NULL
-- column: layout text    how the placement of its sections is known: map, script or none
-- column: checked count  global symbols whose address was compared with the layout
-- column: matched count  global symbols whose address matches
CREATE VIEW images AS
SELECT i.build,
       i.id AS image_id,
       n.text AS image,
       @word(image_kind, i.kind) AS kind,
       CASE d.path WHEN '' THEN p.file ELSE d.path || '/' || p.file END AS path,
       (SELECT count(*) FROM member_list_entry AS m
         WHERE m.member_list = i.member_list) AS objects,
       l.text,
       l.data,
       l.bss,
       l.text + l.data + l.bss AS total,
       lower(hex(i.build_id)) AS build_id,
       @word(layout, i.layout) AS layout,
       i.checked,
       i.matched
  FROM image AS i
  JOIN name AS n ON n.id = i.name
  JOIN path AS p ON p.id = i.path
  JOIN dir AS d ON d.id = p.dir
  LEFT JOIN linked_image AS l ON l.id = i.linked_image;
