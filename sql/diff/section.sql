-- title: Sections of the linked image that differ between two builds
-- text: Embedded data has a row of its own beside the section that it is in. A
--   section in which nothing differs but what the final link makes is marked
--   (linktime).
-- param: build
-- param: base
-- param: image
-- column: path text  the section
-- column: before bytes sum  in the base
-- column: after bytes sum  in the build
-- column: change bytes sum bar  after - before
-- column: percent percent  change as a share of before
-- column: what text  grown, shrunk, added or removed
-- column: class text wide  what the section is
-- column: part text  section; linktime: only the final link's objects differ in it; embedded: data that a user, a vendor or the configuration put into it (initramfs, certificates, firmware), which section is without
-- order: change, path
-- empty: no section of that image differs in size
WITH data AS MATERIALIZED (
  SELECT o.build = :build AS is_after, f.output AS section, sum(s.size) AS size
    FROM (SELECT DISTINCT build, path_id FROM embedded
           WHERE build IN (:base, :build) AND kind = 'data') AS e
    JOIN objects AS o ON o.build = e.build AND o.path_id = e.path_id
    JOIN placements AS f ON f.placement_set = o.placement_set
    JOIN sections AS s
      ON s.footprint = o.footprint AND s.ordinal = f.ordinal
   WHERE o.path_id IN (SELECT path_id FROM leaves
                        WHERE build IN (:base, :build) AND image = :image)
     AND f.lifetime <> 'discard' AND s.class <> 'debug'
   GROUP BY 1, 2
), part AS (
  SELECT s.section, s.class, 'section' AS part, s.build = :build AS is_after,
         sum(s.size) AS size
    FROM image_sections AS s
    JOIN images AS i ON i.image_id = s.image_id
   WHERE s.build IN (:base, :build)
     AND (:image IN (i.image, 'all')
          OR (:image = 'modules' AND i.kind = 'module'))
     AND s.flags & 2 -- SHF_ALLOC
   GROUP BY s.section, s.class, is_after
  UNION ALL
  SELECT section, NULL, 'section', is_after, -size FROM data
  UNION ALL
  SELECT section, NULL, 'embedded', is_after, size FROM data
), row AS (
  SELECT section,
         iif(part = 'section'
             AND section IN (SELECT section FROM temp.diff_linktime),
             'linktime', part) AS part,
         max(class) AS class,
         coalesce(sum(size) FILTER (WHERE NOT is_after), 0) AS before,
         coalesce(sum(size) FILTER (WHERE is_after), 0) AS after,
         min(is_after) AS new, NOT max(is_after) AS gone
    FROM part
   GROUP BY 1, 2
)
SELECT section || iif(part = 'section', '', ' (' || part || ')') AS path,
       before,
       after,
       after - before AS change,
       100.0 * (after - before) / nullif(before, 0) AS percent,
       CASE WHEN new THEN 'added' WHEN gone THEN 'removed'
            WHEN after > before THEN 'grown' ELSE 'shrunk' END AS what,
       coalesce(class, '-') AS class,
       part
  FROM row
 WHERE after <> before AND :base <> :build -- a build differs in nothing from itself
