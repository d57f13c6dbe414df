-- title: Objects of the tree by role
-- group: trust
-- see: objects images
-- text: Only vmlinux and module are summed by the other reports. derived
--   objects contain other objects; unlinked ones are stale or unused.
-- param: build
-- param: branch
-- column: role text  vmlinux, module, linktime, boot, vdso, host, derived or unlinked
-- column: objects count sum  object files
-- column: text bytes  code and constant data
-- column: data bytes  initialised data
-- column: bss bytes  zero-initialised data
-- column: total bytes  text + data + bss
-- order: total
-- empty: no object is in that branch
SELECT role,
       count(*) AS objects,
       sum(text) AS text,
       sum(data) AS data,
       sum(bss) AS bss,
       sum(total) AS total
  FROM objects
 WHERE build = :build AND in_branch(path, :branch)
 GROUP BY role
