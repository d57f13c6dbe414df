-- view: embedded
-- title: Objects that carry whole programs, or data that is not code.
-- text: They are found by the names that Kbuild gives them. A program that is
--   linked separately becomes bytes of such an object; its own image is named
--   if it is known. Data is what a user, a vendor or the configuration added:
--   a change of its size is not a change of code.
-- column: build id       the build
-- column: path_id id     the object's path (view objects)
-- column: path text      the same as text
-- column: role text      vmlinux, module, boot, or another (view objects)
-- column: kind text      program or data
-- column: holds text     what it carries
-- column: bytes bytes    size of its sections that are not code
-- column: total bytes    text + data + bss of the object
-- column: image_id id    the image it carries (view images), or NULL
CREATE VIEW embedded AS
WITH pattern (path, kind, holds, part, becomes, ends) AS (
  -- The image's path is the object's without ".o", with part replaced and
  -- ends after it.
  VALUES ('arch/*/realmode/rmpiggy.o', 'program', 'realmode', 'rmpiggy', 'rm/realmode', '.elf'),
         ('arch/*/vdso/vdso-image-*.o', 'program', 'vdso', 'vdso-image-', 'vdso', '.so*'),
         ('arch/*/vdso/vdso.o', 'program', 'vdso', '', '', '.so*'),
         ('arch/*/vdso/vdso32.o', 'program', 'vdso', '', '', '.so*'),
         ('arch/*/vdso/vdsox32.o', 'program', 'vdso', '', '', '.so*'),
         ('arch/*/kernel/vdso*-wrap.o', 'program', 'vdso', '-wrap', '/vdso', '.so*'),
         ('arch/*/vdso*_wrapper.o', 'program', 'vdso', '_wrapper', '', '.so*'),
         ('arch/*/purgatory/kexec-purgatory.o', 'program', 'purgatory', 'kexec-', '', '*'),
         ('arch/*/boot/compressed/piggy*.o', 'program', 'vmlinux, packed', NULL, NULL, NULL),
         ('usr/initramfs_data.o', 'data', 'initramfs', NULL, NULL, NULL),
         ('certs/*_certificates.o', 'data', 'certificates', NULL, NULL, NULL),
         ('kernel/*_certificates.o', 'data', 'certificates', NULL, NULL, NULL),
         ('certs/blacklist_hashes.o', 'data', 'certificates', NULL, NULL, NULL),
         ('net/wireless/shipped-certs.o', 'data', 'certificates', NULL, NULL, NULL),
         ('net/wireless/extra-certs.o', 'data', 'certificates', NULL, NULL, NULL),
         ('net/wireless/regdb.o', 'data', 'wireless rules', NULL, NULL, NULL),
         ('firmware/*.gen.o', 'data', 'firmware', NULL, NULL, NULL),
         ('drivers/base/firmware_loader/*.gen.o', 'data', 'firmware', NULL, NULL, NULL),
         ('kernel/configs.o', 'data', 'configuration', NULL, NULL, NULL),
         ('kernel/kheaders.o', 'data', 'kernel headers', NULL, NULL, NULL),
         ('arch/*.dtb.o', 'data', 'device tree', NULL, NULL, NULL),
         ('.builtin-dtbs.o', 'data', 'device tree', NULL, NULL, NULL)
)
SELECT o.build,
       o.path_id,
       o.path,
       o.role,
       p.kind,
       p.holds,
       (SELECT coalesce(sum(s.size), 0) FROM sections AS s
         WHERE s.footprint = o.footprint
           AND s.class IN ('rodata', 'data', 'bss', 'strings')) AS bytes,
       o.total,
       (SELECT min(i.image_id) FROM images AS i
         WHERE i.build = o.build
           AND (p.ends IS NULL AND p.kind = 'program' AND i.kind = 'vmlinux'
                OR i.path GLOB replace(substr(o.path, 1, length(o.path) - 2),
                                       p.part, p.becomes) || p.ends)
       ) AS image_id
  FROM objects AS o
 CROSS JOIN pattern AS p
 WHERE o.path GLOB p.path
   AND o.role NOT IN ('host', 'derived', 'unlinked');
