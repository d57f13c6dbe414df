-- title: A branch's footprint in every build, along the history
-- group: both
-- see: builds footprint
-- text: For plots: number is an axis without gaps, parents left of children.
--   The sums are those of the objects of the image in the branch, as report
--   footprint has them; kmemdb log has the sizes of the linked image, changes
--   and metrics of traces.
-- text: resident, init and discard are by where the final link placed each
--   section. Builds of other architectures and configurations are in it, too:
--   base, arch and config tell the lines of a plot apart.
-- param: image
-- param: branch
-- column: number count  from 1, the oldest, on
-- column: date date  the commit's time; of the audit, where there is no commit
-- column: commit text  what was built; its label, where no commit is known
-- column: build id wide  the build
-- column: base id wide  the build before it (kmemdb log); - where there is none
-- column: objects count wide  objects of the image in the branch
-- column: text bytes wide  code and constant data
-- column: data bytes wide  initialised data
-- column: bss bytes wide  zero-initialised data
-- column: total bytes  text + data + bss
-- column: resident bytes  of total: stays as long as the kernel or the module
-- column: init bytes wide  of total: freed after boot, or after the init function of a module
-- column: discard bytes wide  of total: never reaches the image
-- column: change bytes  total minus that of the base
-- column: label text  of the build
-- column: subject text  first line of the commit's message
-- column: arch text wide  architecture
-- column: config text wide  fingerprint of the configuration
-- column: dirty id wide  1: the sources differed from the commit
-- order: number:asc
-- empty: no build yet: kmemdb audit TREE
WITH how AS MATERIALIZED (
  -- A directory of an image that has roles is added up already; else it is an
  -- object, or one module.
  SELECT :image IN ('vmlinux', 'modules', 'all')
         AND NOT EXISTS (SELECT 1 FROM paths WHERE path = :branch) AS added_up
), mine AS MATERIALIZED (
  SELECT path_id
    FROM paths
   WHERE NOT (SELECT added_up FROM how) AND in_branch(path, :branch)
), object AS MATERIALIZED (
  SELECT b.build, o.footprint, o.placement_set
    FROM builds AS b
   CROSS JOIN mine AS m
   CROSS JOIN object_footprints AS o
      ON o.build = b.build AND o.path_id = m.path_id
   WHERE :image IN ('vmlinux', 'modules', 'all')
     AND CASE :image
         WHEN 'vmlinux' THEN o.role = 'vmlinux'
         WHEN 'modules' THEN o.role = 'module'
         ELSE o.role IN ('vmlinux', 'module', 'boot', 'vdso') END
   UNION ALL
  SELECT l.build, o.footprint, o.placement_set
    FROM leaves AS l
   CROSS JOIN object_footprints AS o
      ON o.build = l.build AND o.path_id = l.path_id
   WHERE l.image = :image AND :image NOT IN ('vmlinux', 'modules', 'all')
     AND l.path_id IN (SELECT path_id FROM mine)
), part AS MATERIALIZED (
  -- Each kind of object once, however many builds have it.
  SELECT p.footprint, p.placement_set,
         coalesce(sum(s.size) FILTER (WHERE f.lifetime = 'resident'), 0) AS resident,
         coalesce(sum(s.size) FILTER (WHERE f.lifetime = 'init'), 0) AS init,
         coalesce(sum(s.size) FILTER (WHERE f.lifetime = 'discard'), 0) AS discard
    FROM (SELECT DISTINCT footprint, placement_set FROM object) AS p
    JOIN placements AS f ON f.placement_set = p.placement_set
    JOIN sections AS s
      ON s.footprint = p.footprint AND s.ordinal = f.ordinal
   WHERE s.class <> 'debug'
   GROUP BY p.footprint, p.placement_set
), size AS MATERIALIZED (
  SELECT b.build, sum(s.objects) AS objects, sum(s.text) AS text,
         sum(s.data) AS data, sum(s.bss) AS bss, sum(s.total) AS total,
         sum(s.resident) AS resident, sum(s.init) AS init,
         sum(s.discard) AS discard
    FROM builds AS b
   CROSS JOIN branch_sizes AS s ON s.build = b.build
   WHERE (SELECT added_up FROM how) AND s.branch = :branch
     AND CASE :image WHEN 'vmlinux' THEN s.role = 'vmlinux'
                     WHEN 'modules' THEN s.role = 'module' ELSE 1 END
   GROUP BY b.build
   UNION ALL
  SELECT o.build, count(*) AS objects, sum(f.text) AS text,
         sum(f.data) AS data, sum(f.bss) AS bss, sum(f.total) AS total,
         coalesce(sum(p.resident), 0) AS resident,
         coalesce(sum(p.init), 0) AS init,
         coalesce(sum(p.discard), 0) AS discard
    FROM object AS o
    JOIN footprints AS f ON f.footprint = o.footprint
    LEFT JOIN part AS p
      ON p.footprint = o.footprint AND p.placement_set = o.placement_set
   GROUP BY o.build
)
SELECT row_number() OVER (ORDER BY l.place DESC) AS number,
       coalesce(b.commit_ns, b.audited_ns) AS date,
       coalesce(substr(b.commit_id, 1, 12), b.label) AS "commit",
       b.build,
       l.base,
       coalesce(s.objects, 0) AS objects,
       coalesce(s.text, 0) AS text,
       coalesce(s.data, 0) AS data,
       coalesce(s.bss, 0) AS bss,
       coalesce(s.total, 0) AS total,
       coalesce(s.resident, 0) AS resident,
       coalesce(s.init, 0) AS init,
       coalesce(s.discard, 0) AS discard,
       coalesce(s.total, 0) - iif(t.build IS NULL AND l.base IS NULL, NULL,
                                  coalesce(t.total, 0)) AS change,
       b.label,
       b.subject,
       b.arch,
       substr(b.config_hash, 1, 12) AS config,
       b.dirty
  FROM lineage AS l
 CROSS JOIN builds AS b ON b.build = l.build
  LEFT JOIN size AS s ON s.build = l.build
  LEFT JOIN size AS t ON t.build = l.base
