-- title: Static memory by module
-- group: static
-- see: images objects
-- text: Sums of the objects of each module. An object that two modules share
--   counts in both, so the line of sums may exceed footprint --image modules.
--   What modpost adds (M.mod.o) is in linktime. A module of which no object
--   could be measured (LTO) has empty sums.
-- param: build
-- column: module text  its name
-- column: objects count sum  its objects
-- column: text bytes sum  code and constant data
-- column: data bytes sum  initialised data
-- column: bss bytes sum  zero-initialised data
-- column: total bytes sum  text + data + bss
-- column: linktime bytes sum  text + data + bss of what modpost adds
-- column: ko bytes sum  text + data + bss of the .ko file; empty if it is missing
-- column: path text  the .ko file, relative to the tree
-- order: total, module
-- empty: this build has no modules
-- footer: skips-line
WITH parts AS (
  SELECT m.image_id,
         count(*) FILTER (WHERE o.role = 'module') AS objects,
         coalesce(sum(o.text) FILTER (WHERE o.role = 'module'), 0) AS text,
         coalesce(sum(o.data) FILTER (WHERE o.role = 'module'), 0) AS data,
         coalesce(sum(o.bss) FILTER (WHERE o.role = 'module'), 0) AS bss,
         coalesce(sum(o.total) FILTER (WHERE o.role = 'module'), 0) AS total,
         coalesce(sum(o.total) FILTER (WHERE o.role = 'linktime'), 0)
           AS linktime
    FROM members AS m
    JOIN objects AS o ON o.build = m.build AND o.path_id = m.path_id
   WHERE m.build = :build AND m.kind = 'module'
   GROUP BY m.image_id
)
SELECT i.image AS module,
       coalesce(p.objects, 0) AS objects,
       CASE WHEN p.objects > 0 THEN p.text END AS text,
       CASE WHEN p.objects > 0 THEN p.data END AS data,
       CASE WHEN p.objects > 0 THEN p.bss END AS bss,
       CASE WHEN p.objects > 0 THEN p.total END AS total,
       coalesce(p.linktime, 0) AS linktime,
       i.total AS ko,
       i.path
  FROM images AS i
  LEFT JOIN parts AS p ON p.image_id = i.image_id
 WHERE i.build = :build AND i.kind = 'module'
