-- view: objects
-- title: Every object file of every build, with what it was measured to cost.
-- column: build id       the build
-- column: path_id id     number of the path, the same in every build
-- column: path text      path of the object, relative to the tree
-- column: directory text its directory; '' is the tree itself
-- column: role text      vmlinux, module, linktime, boot, vdso, host, derived or unlinked (view words); only vmlinux and module are summed
-- column: text bytes     Berkeley text, equal to binutils size
-- column: data bytes     Berkeley data
-- column: bss bytes      Berkeley bss
-- column: total bytes    text + data + bss
-- column: common bytes   COMMON symbols; in none of the above
-- column: footprint id   number of the footprint: equal for equal measurements
-- column: placement_set id        placement of its sections in the image (view placements), or NULL
-- column: message_set id its messages (views messages and message_findings), or NULL: nobody looked
-- column: content_set id what its local functions and constants contain (view contents), or NULL: nobody looked
CREATE VIEW objects AS
SELECT o.build,
       o.path AS path_id,
       CASE d.path WHEN '' THEN p.file ELSE d.path || '/' || p.file END AS path,
       d.path AS directory,
       @word(role, o.role) AS role,
       f.text,
       f.data,
       f.bss,
       f.text + f.data + f.bss AS total,
       f.common,
       o.footprint,
       o.placement_set,
       o.message_set,
       o.content_set
  FROM object AS o
-- Each has its row; by LEFT JOIN what a query uses no column of is left out.
  LEFT JOIN path AS p ON p.id = o.path
  LEFT JOIN dir AS d ON d.id = p.dir
  LEFT JOIN footprint AS f ON f.id = o.footprint;
