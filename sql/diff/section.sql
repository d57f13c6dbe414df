-- title: Sections of the linked image that differ between two builds
-- param: build
-- param: base
-- param: image
-- column: path text  the section
-- column: before bytes sum  in the base
-- column: after bytes sum  in the build
-- column: change bytes sum  after - before
-- column: percent percent  change as a share of before
-- column: what text  grown, shrunk, added or removed
-- column: class text  what the section is
-- order: change, path
-- empty: no section of that image differs in size
WITH part AS (
  SELECT s.section, s.class, s.build = :build AS is_after, sum(s.size) AS size
    FROM image_sections AS s
    JOIN images AS i ON i.image_id = s.image_id
   WHERE s.build IN (:base, :build)
     AND (:image IN (i.image, 'all')
          OR (:image = 'modules' AND i.kind = 'module'))
     AND s.flags & 2 -- SHF_ALLOC
   GROUP BY s.section, s.class, is_after
), row AS (
  SELECT section, max(class) AS class,
         coalesce(sum(size) FILTER (WHERE NOT is_after), 0) AS before,
         coalesce(sum(size) FILTER (WHERE is_after), 0) AS after,
         min(is_after) AS new, NOT max(is_after) AS gone
    FROM part
   GROUP BY section
)
SELECT section AS path,
       before,
       after,
       after - before AS change,
       100.0 * (after - before) / nullif(before, 0) AS percent,
       CASE WHEN new THEN 'added' WHEN gone THEN 'removed'
            WHEN after > before THEN 'grown' ELSE 'shrunk' END AS what,
       class
  FROM row
 WHERE after <> before
