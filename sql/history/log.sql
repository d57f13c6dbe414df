-- title: The history of a size, one line per build, newest first
-- text: Ordered by commit: a commit comes after all commits that are based on
--   it. change is against the nearest ancestor that was built (of a merge:
--   of its first parent), a build of a like configuration; note says where it
--   had to be another one. Without a graph of commits, order and base go by
--   time.
-- text: Without --branch the sizes text, data, bss and total are those of the
--   linked image, as binutils size says; span, resident and init of vmlinux are
--   its room from _text to _end, and what boot frees of it. With --branch they
--   are those of the branch's objects. live and waste are of the newest trace
--   of each build; compressed is the image that boot loaders get, which no
--   branch has a part of.
-- param: image
-- param: branch
-- param: metric
-- column: commit text  what was built; its label, where no commit is known
-- column: date date  the commit's time; of the audit, where there is no commit
-- column: subject text  first line of the commit's message
-- column: size bytes  in the metric
-- column: change bytes  size minus that of the base
-- column: percent percent  change as a share of the base
-- column: note text  merge; dirty: the sources differed from the commit; time: the base is the one before it by time; unlike: how the base was built differently
-- column: build id wide  the build
-- column: base id wide  the build it is compared with
-- column: commits count wide  from the base to here; - where the graph does not say
-- column: label text wide  of the build
-- column: config text wide  fingerprint of its configuration
-- empty: no build yet: kmemdb audit TREE
WITH how AS MATERIALIZED (
  -- Where the size is read: of the image, of its link, or of its objects.
  SELECT CASE WHEN :metric IN ('live', 'waste') THEN 'trace'
              WHEN :metric = 'compressed' THEN 'compressed'
              WHEN :branch = '' AND :metric IN ('text', 'data', 'bss', 'total')
              THEN iif(:image = 'vmlinux', 'vmlinux', 'image')
              WHEN :branch = '' AND :image = 'vmlinux'
               AND :metric IN ('span', 'resident', 'init') THEN 'link'
              WHEN :metric IN ('text', 'data', 'bss', 'total', 'resident',
                               'init', 'discard', 'strings')
               AND :image IN ('vmlinux', 'modules', 'all')
               -- a directory, that is
               AND NOT EXISTS (SELECT 1 FROM paths WHERE path = :branch)
              THEN 'branch'
              WHEN :metric IN ('text', 'data', 'bss', 'total') THEN 'object'
              WHEN :metric IN ('resident', 'init', 'discard', 'strings')
              THEN 'section' END AS of
), mine AS MATERIALIZED (
  SELECT path_id
    FROM paths
   WHERE (SELECT of FROM how) IN ('object', 'section')
     AND in_branch(path, :branch)
), object AS NOT MATERIALIZED (
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
), placed AS MATERIALIZED (
  SELECT * FROM object WHERE (SELECT of FROM how) = 'section'
), part AS MATERIALIZED (
  -- Each kind of object once, however many builds have it.
  SELECT p.footprint, p.placement_set, sum(s.size) AS bytes
    FROM (SELECT DISTINCT footprint, placement_set FROM placed) AS p
    JOIN sections AS s ON s.footprint = p.footprint
    LEFT JOIN placements AS f
      ON f.placement_set = p.placement_set AND f.ordinal = s.ordinal
   WHERE s.class <> 'debug'
     AND CASE :metric WHEN 'strings' THEN s.class = 'strings'
                      ELSE f.lifetime = :metric END
   GROUP BY p.footprint, p.placement_set
), newest AS (
  SELECT build, max(trace) AS trace
    FROM traces
   WHERE (SELECT of FROM how) = 'trace' AND build IS NOT NULL
   GROUP BY build
), size (build, bytes) AS MATERIALIZED (
  SELECT build, CASE :metric WHEN 'text' THEN text WHEN 'data' THEN data
                             WHEN 'bss' THEN bss ELSE total END
    FROM builds
   WHERE (SELECT of FROM how) = 'vmlinux'
  UNION ALL
  SELECT build, sum(CASE :metric WHEN 'text' THEN text WHEN 'data' THEN data
                                 WHEN 'bss' THEN bss ELSE total END)
    FROM images
   WHERE (SELECT of FROM how) = 'image'
     AND (:image IN (image, 'all')
          OR (:image = 'modules' AND kind = 'module'))
   GROUP BY build
  UNION ALL
  SELECT build,
         sum(iif(:metric = 'init', line = 'init',
                 iif(line = 'span', 1, iif(:metric = 'resident', -1, 0)))
             * bytes)
    FROM link_lines
   WHERE (SELECT of FROM how) = 'link'
     AND image = 'vmlinux' AND line IN ('span', 'init') AND subject = ''
   GROUP BY build
  UNION ALL
  SELECT b.build, sum(CASE :metric WHEN 'text' THEN s.text
                                   WHEN 'data' THEN s.data
                                   WHEN 'bss' THEN s.bss
                                   WHEN 'total' THEN s.total
                                   WHEN 'resident' THEN s.resident
                                   WHEN 'init' THEN s.init
                                   WHEN 'discard' THEN s.discard
                                   ELSE s.strings END)
    FROM builds AS b
   CROSS JOIN branch_sizes AS s ON s.build = b.build
   WHERE (SELECT of FROM how) = 'branch' AND s.branch = :branch
     AND CASE :image WHEN 'vmlinux' THEN s.role = 'vmlinux'
                     WHEN 'modules' THEN s.role = 'module' ELSE 1 END
   GROUP BY b.build
  UNION ALL
  SELECT o.build, sum(CASE :metric WHEN 'text' THEN f.text
                                   WHEN 'data' THEN f.data
                                   WHEN 'bss' THEN f.bss ELSE f.total END)
    FROM object AS o
   CROSS JOIN footprints AS f ON f.footprint = o.footprint
   WHERE (SELECT of FROM how) = 'object'
   GROUP BY o.build
  UNION ALL
  SELECT o.build, coalesce(sum(p.bytes), 0)
    FROM placed AS o
    LEFT JOIN part AS p
      ON p.footprint = o.footprint AND p.placement_set IS o.placement_set
   GROUP BY o.build
  UNION ALL
  SELECT build, bytes
    FROM compressed_images
   WHERE (SELECT of FROM how) = 'compressed' AND :branch = ''
  UNION ALL
  SELECT n.build, coalesce(sum(iif(:metric = 'live', s.live_bytes,
                                   s.waste_bytes)), 0)
    FROM newest AS n
    LEFT JOIN site_sums AS s
      ON s.trace = n.trace AND s.kind IN ('malloc', 'cache')
     AND in_branch(coalesce(s.path, '-'), :branch)
   GROUP BY n.build
)
SELECT coalesce(substr(b.commit_id, 1, 12), b.label) AS "commit",
       coalesce(b.commit_ns, b.audited_ns) AS date,
       b.subject,
       s.bytes AS size,
       s.bytes - t.bytes AS change,
       100.0 * (s.bytes - t.bytes) / nullif(t.bytes, 0) AS percent,
       nullif(ltrim(iif(l.parents > 1, ', merge', '')
                    || iif(b.dirty, ', dirty', '')
                    || iif(l.how = 'time', ', time', '')
                    || coalesce(', unlike: ' || l.unlike, ''), ', '),
              '') AS note,
       b.build,
       l.base,
       l.commits,
       b.label,
       substr(b.config_hash, 1, 12) AS config
  FROM lineage AS l
 CROSS JOIN builds AS b ON b.build = l.build
  LEFT JOIN size AS s ON s.build = l.build
  LEFT JOIN size AS t ON t.build = l.base
 ORDER BY l.place
