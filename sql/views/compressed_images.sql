-- view: compressed_images
-- title: The compressed image of each build: one file, one number.
-- text: Of several it is the first of bzImage, vmlinuz.efi, zImage, vmlinuz, any
--   other that is compressed, and uImage; of those with one name the first by
--   path. A file that is older than vmlinux was not made of it and does not
--   count. A build without any has no row.
-- column: build id       the build
-- column: path text      the file (view boot_files)
-- column: bytes bytes    its size
CREATE VIEW compressed_images AS
SELECT build, path, bytes
  FROM (SELECT build, path, bytes,
               row_number() OVER (
                 PARTITION BY build
                 ORDER BY CASE WHEN file = 'bzImage' THEN 0
                               WHEN file = 'vmlinuz.efi' THEN 1
                               WHEN file = 'zImage' THEN 2
                               WHEN file = 'vmlinuz' THEN 3
                               WHEN file LIKE 'uImage%' THEN 5
                               ELSE 4 END, path) AS place
          FROM boot_files
         WHERE part = 'image' AND NOT stale
           AND (packing NOT IN ('none', 'unknown')
                OR file IN ('bzImage', 'zImage', 'vmlinuz', 'vmlinuz.efi')))
 WHERE place = 1;
