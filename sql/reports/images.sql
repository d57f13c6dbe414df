-- title: What gets loaded: vmlinux, modules, stages of the boot
-- param: build
-- column: image text  its name, for --image
-- column: kind text  vmlinux, module, boot or vdso
-- column: objects count  members, link-time ones too
-- column: text bytes  of the linked file, as binutils size says
-- column: data bytes  likewise
-- column: bss bytes  likewise
-- column: total bytes  text + data + bss; empty where the file is missing
-- column: build_id text  GNU build-id
-- column: path text  the linked file
-- order: total, image
-- empty: this build has no image
SELECT image, kind, objects, text, data, bss, total, build_id, path
  FROM images
 WHERE build = :build
