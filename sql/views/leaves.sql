-- view: leaves
-- title: The objects that a static report sums, by what --image names.
-- text: One row per object and name that it is summed under: every image that
--   it is a member of by its own role, 'modules' for all modules, 'all' for
--   every image. Derived, host, link-time and unlinked objects have no row. An
--   object of two modules is in 'modules' once.
-- column: build id       the build
-- column: image text     vmlinux, the name of a module or boot stage, modules, or all
-- column: path_id id     the object's path (view objects)
CREATE VIEW leaves AS
SELECT i.build, n.text AS image, m.path AS path_id
  FROM image AS i
  JOIN name AS n ON n.id = i.name
  JOIN member_list_entry AS m ON m.member_list = i.member_list
  JOIN object AS o ON o.build = i.build AND o.path = m.path
 -- vmlinux takes role vmlinux, a module role module, and so on
 WHERE o.role = CASE i.kind
                WHEN @number(image_kind, vmlinux) THEN @number(role, vmlinux)
                WHEN @number(image_kind, module) THEN @number(role, module)
                WHEN @number(image_kind, boot) THEN @number(role, boot)
                WHEN @number(image_kind, vdso) THEN @number(role, vdso) END
UNION ALL
SELECT build, 'modules', path FROM object WHERE role = @number(role, module)
UNION ALL
SELECT build, 'all', path FROM object
 WHERE role IN (@number(role, vmlinux), @number(role, module),
                @number(role, boot), @number(role, vdso));
