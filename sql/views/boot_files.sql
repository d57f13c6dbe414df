-- view: boot_files
-- title: What a boot loader gets (bzImage, zImage, Image.gz, uImage, vmlinuz.efi...), and what is packed into it.
-- text: Files of the tree's root, of arch/NAME/boot and of the folder compressed
--   below that, found by their names, and read as far as their heads go.
-- column: build id       the build
-- column: path text      the file, relative to the tree
-- column: file text      its name
-- column: part text      image: what a boot loader gets; payload: what is packed into one
-- column: bytes bytes    size of the file
-- column: packing text   gzip, xz, zstd...; none; unknown: its bytes do not say
-- column: payload_bytes bytes   the compressed kernel in it; NULL: not known
-- column: stale id       1: older than vmlinux, so not made of it
CREATE VIEW boot_files AS
SELECT f.build,
       CASE d.path WHEN '' THEN p.file ELSE d.path || '/' || p.file END AS path,
       p.file,
       @word(boot_part, f.part) AS part,
       f.size AS bytes,
       @word(packing, f.packing) AS packing,
       f.payload AS payload_bytes,
       f.stale
  FROM boot_file AS f
  JOIN path AS p ON p.id = f.path
  JOIN dir AS d ON d.id = p.dir;
