-- title: Static memory by object file
-- group: static
-- see: symbols footprint
-- text: Sizes are those of binutils size.
-- param: build
-- param: image
-- param: branch
-- column: path text  the object, relative to the tree
-- column: role text  vmlinux, module, boot or vdso
-- column: text bytes sum  code and constant data
-- column: data bytes sum  initialised data
-- column: bss bytes sum  zero-initialised data
-- column: total bytes sum  text + data + bss
-- column: common bytes sum  COMMON symbols, which size does not count
-- order: total, path
-- empty: no object of that image is in that branch: try --image all
-- footer: skips-line
SELECT o.path, o.role, o.text, o.data, o.bss, o.total, o.common
  FROM objects AS o
 WHERE o.build = :build
   AND o.path_id IN (SELECT path_id FROM leaves
                      WHERE build = :build AND image = :image)
   AND in_branch(o.path, :branch)
