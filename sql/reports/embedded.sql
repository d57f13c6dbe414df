-- title: Programs and data that objects carry: initramfs, certificates, firmware
-- group: static
-- see: boot-files objects
-- text: Programs that are linked separately (real mode, vDSO, purgatory, the
--   compressed kernel) become bytes of an object. Data is what a user, a vendor
--   or the configuration added: leave it out of questions about code growth.
-- param: build
-- param: branch
-- column: path text  the object
-- column: role text wide  vmlinux, module or boot
-- column: kind text  program or data
-- column: holds text  what it carries
-- column: bytes bytes  size of its sections that are not code
-- column: total bytes  text + data + bss of the object
-- column: image text  image of the program itself, for --image; - if it has none
-- column: image_objects count wide  objects of that image
-- column: image_total bytes  text + data + bss of that image as linked
-- order: bytes, path
-- empty: no object of that branch carries a program or data
SELECT e.path, e.role, e.kind, e.holds, e.bytes, e.total,
       coalesce(i.image, '-') AS image,
       i.objects AS image_objects,
       i.total AS image_total
  FROM embedded AS e
  LEFT JOIN images AS i ON i.image_id = e.image_id
 WHERE e.build = :build AND in_branch(e.path, :branch)
