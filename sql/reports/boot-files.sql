-- title: Boot images: what the loader gets, and the compressed kernel in it
-- group: static
-- see: embedded reconcile
-- text: The size of a file on disk or flash: bzImage, zImage, Image.gz, uImage,
--   vmlinuz and so on, as the tree has them. A payload is what goes into one.
--   diff and the metric "compressed" take the image that is marked.
-- param: build
-- column: file text  its name
-- column: part text  image: what a boot loader gets; payload: what is packed into one
-- column: bytes bytes  size of the file
-- column: packing text  gzip, xz, zstd...; none; unknown: its bytes do not say
-- column: payload bytes  the compressed kernel in it; - where its head does not say
-- column: percent percent  the file as a share of vmlinux (text + data)
-- column: compressed text  yes: the build's compressed image; stale: older than vmlinux, so not made of it; - else
-- column: path text wide  the file, relative to the tree
-- order: bytes, path
-- empty: the tree had no boot image when it was audited: build one (make bzImage, Image.gz...) and audit again
-- footer: skips-line
SELECT f.file,
       f.part,
       f.bytes,
       f.packing,
       f.payload_bytes AS payload,
       100.0 * f.bytes / nullif((SELECT text + data FROM images
                                  WHERE build = :build AND kind = 'vmlinux'), 0)
         AS percent,
       CASE WHEN f.stale THEN 'stale'
            WHEN f.path = (SELECT c.path FROM compressed_images AS c
                            WHERE c.build = :build) THEN 'yes'
            ELSE '-' END AS compressed,
       f.path
  FROM boot_files AS f
 WHERE f.build = :build
