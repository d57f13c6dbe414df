-- title: Programs and data that objects carry: blobs, initramfs, certificates, firmware
-- text: Programs that were linked for another place (real mode, vDSO,
--   purgatory, the packed kernel) come back as bytes in an object. Data is
--   what a user, a vendor or the configuration put in, and no code: leave it
--   out when code growth is asked for.
-- param: build
-- param: branch
-- column: path text  the object
-- column: role text  vmlinux, module or boot: where it counts
-- column: kind text  program or data
-- column: holds text  what it carries
-- column: bytes bytes  its sections that are no code
-- column: total bytes  text + data + bss of the object
-- column: image text  the program's own image, for --image; - where it has none
-- column: image_objects count  members of that image
-- column: image_total bytes  text + data + bss of that image as linked
-- order: bytes, path
-- empty: no object of this build carries anything
SELECT e.path, e.role, e.kind, e.holds, e.bytes, e.total,
       coalesce(i.image, '-') AS image,
       i.objects AS image_objects,
       i.total AS image_total
  FROM embedded AS e
  LEFT JOIN images AS i ON i.image_id = e.image_id
 WHERE e.build = :build AND in_branch(e.path, :branch)
