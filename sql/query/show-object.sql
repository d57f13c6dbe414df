-- The table "object" of kmemdb show: the object :name of :build.
--
-- title: The object
-- column: path text  relative to the tree
-- column: role text  vmlinux, module, linktime, boot, vdso, host, derived or unlinked
-- column: images text  images that it is loaded with; - for none
-- column: text bytes  as binutils size counts it
-- column: data bytes  likewise
-- column: bss bytes  likewise
-- column: total bytes  text + data + bss
-- column: common bytes  COMMON symbols, which size does not count
SELECT o.path,
       o.role,
       coalesce((SELECT group_concat(image, ', ')
                   FROM (SELECT DISTINCT m.image
                           FROM members AS m
                          WHERE m.build = :build AND m.path_id = o.path_id
                          ORDER BY m.image)), '-') AS images,
       o.text,
       o.data,
       o.bss,
       o.total,
       o.common
  FROM objects AS o
 WHERE o.build = :build AND o.path = :name;
