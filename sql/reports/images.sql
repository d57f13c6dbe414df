-- title: Images: vmlinux, modules and boot stages
-- group: static
-- see: modules reconcile
-- param: build
-- column: image text  its name, for --image
-- column: kind text  vmlinux, module, boot or vdso
-- column: objects count  its objects, those of the final link included
-- column: text bytes  text of the linked file (binutils size)
-- column: data bytes  likewise
-- column: bss bytes  likewise
-- column: total bytes  text + data + bss; empty if the file is missing
-- column: build_id text wide  GNU build-id
-- column: path text  the linked file
-- order: total, image
-- empty: this build has no image
SELECT image, kind, objects, text, data, bss, total, build_id, path
  FROM images
 WHERE build = :build
