-- view: object_footprints
-- title: Which footprint each object has in each build: view objects without its texts and sizes.
-- text: For who goes through many builds: what is not looked up costs nothing.
-- column: build id       the build
-- column: path_id id     the object (view paths)
-- column: role text      vmlinux, module, linktime, boot, vdso, host, derived or unlinked
-- column: footprint id   what it was measured to be (view footprints)
-- column: placement_set id        placement of its sections in the image, or NULL
CREATE VIEW object_footprints AS
SELECT build,
       path AS path_id,
       @word(role, role) AS role,
       footprint,
       placement_set
  FROM object;
