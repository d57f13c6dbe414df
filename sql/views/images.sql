-- view: images
-- title: What gets loaded: vmlinux, each module, the stages of the boot.
-- column: build id       the build
-- column: image_id id    number of the image
-- column: image text     its name: vmlinux, fuse, setup.elf
-- column: kind text      vmlinux, module, boot or vdso
-- column: path text      the linked file, relative to the tree
-- column: objects count  its members
-- column: text bytes     of the linked file (binutils size); NULL where it is missing
-- column: data bytes     likewise
-- column: bss bytes      likewise
-- column: total bytes    text + data + bss
-- column: build_id text  GNU build-id, hexadecimal, or NULL
-- column: layout text    how the places of its sections are known: map, script or none
-- column: checked count  global symbols that the layout was compared with
-- column: agreed count   those found where the layout put them
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
       i.agreed
  FROM image AS i
  JOIN name AS n ON n.id = i.name
  JOIN path AS p ON p.id = i.path
  JOIN dir AS d ON d.id = p.dir
  LEFT JOIN linked_image AS l ON l.id = i.linked_image;
