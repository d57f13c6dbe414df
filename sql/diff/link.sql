-- title: From the objects to the image, in two builds, line by line
-- text: The lines of report reconcile of both builds. objects, embedded and the
--   lines down to unexplained add up to image; span and init are read from the
--   image. embedded are the objects that hold data that a user, a vendor or the
--   configuration put in (initramfs, certificates, firmware): objects is without.
-- param: build
-- param: base
-- param: image
-- column: path text  the line, and the section or object it is about
-- column: before bytes  in the base
-- column: after bytes  in the build
-- column: change bytes  after - before
-- column: percent percent  change as a share of before
-- column: what text  grown, shrunk, added or removed
-- order: change, path
-- empty: the link of that image is the same in both builds, or not known
WITH data AS MATERIALIZED (
  SELECT build, sum(total) AS bytes
    FROM (SELECT DISTINCT build, path_id, total FROM embedded
           WHERE build IN (:base, :build) AND kind = 'data')
   WHERE path_id IN (SELECT path_id FROM leaves
                      WHERE build IN (:base, :build) AND image = :image)
   GROUP BY build
), part AS (
  SELECT 'embedded' AS path, build = :build AS is_after, bytes FROM data
   WHERE EXISTS (SELECT 1 FROM link_lines AS l
                  WHERE l.build = data.build AND l.image = :image)
  UNION ALL
  SELECT 'objects', build = :build, -bytes FROM data
   WHERE EXISTS (SELECT 1 FROM link_lines AS l
                  WHERE l.build = data.build AND l.image = :image)
  UNION ALL
  -- Objects that hold who built it, and the fill that follows from them.
  SELECT 'linktime ' || path, 0, before FROM temp.diff_stamped
  UNION ALL SELECT 'linktime ' || path, 1, after FROM temp.diff_stamped
  UNION ALL SELECT 'objects', 0, -before FROM temp.diff_stamped
  UNION ALL SELECT 'objects', 1, -after FROM temp.diff_stamped
  UNION ALL
  SELECT iif(line = 'fill'
             AND subject IN (SELECT section FROM temp.diff_linktime),
             'linktime ', '')
         || line || iif(subject = '', '', ' ' || subject),
         build = :build AS is_after, sum(bytes) AS bytes
    FROM link_lines
   WHERE build IN (:base, :build) AND image = :image
     AND NOT (line = 'span' AND subject <> '')
   GROUP BY 1, 2
), row AS (
  SELECT path,
         coalesce(sum(bytes) FILTER (WHERE NOT is_after), 0) AS before,
         coalesce(sum(bytes) FILTER (WHERE is_after), 0) AS after,
         min(is_after) AS new, NOT max(is_after) AS gone
    FROM part
   GROUP BY path
)
SELECT path,
       before,
       after,
       after - before AS change,
       100.0 * (after - before) / nullif(before, 0) AS percent,
       CASE WHEN new THEN 'added' WHEN gone THEN 'removed'
            WHEN after > before THEN 'grown' ELSE 'shrunk' END AS what
  FROM row
 WHERE after <> before AND :base <> :build -- a build differs in nothing from itself
