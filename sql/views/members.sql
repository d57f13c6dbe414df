-- view: members
-- title: Which objects are in which image; an object may be in several.
-- column: build id       the build
-- column: image_id id    the image
-- column: image text     its name
-- column: kind text      vmlinux, module, boot or vdso
-- column: ordinal id     place in the order of the link, from 0
-- column: path_id id     the object's path (view objects)
CREATE VIEW members AS
SELECT i.build,
       i.id AS image_id,
       n.text AS image,
       @word(image_kind, i.kind) AS kind,
       m.ordinal,
       m.path AS path_id
  FROM image AS i
  JOIN name AS n ON n.id = i.name
  JOIN member_list_entry AS m ON m.member_list = i.member_list;
