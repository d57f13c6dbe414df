-- title: Directories that differ between two builds, one level at a time
-- text: What the objects below each directory cost in both builds, and what the
--   link adds to the objects and takes from them by kind, in parentheses: the
--   sum is the image's change. Data that a user, a vendor or the configuration
--   put into the image (initramfs, certificates, firmware) is apart from code;
--   (linktime) is what the final link makes, and objects that hold who built the
--   kernel, when and of which commit (view build_stamps).
-- param: build
-- param: base
-- param: image
-- param: branch
-- param: depth=1
-- column: path text  directory, or an object that is directly in the branch
-- column: before bytes sum  in the base
-- column: after bytes sum  in the build
-- column: change bytes sum bar  after - before
-- column: percent percent  change as a share of before
-- column: what text  grown, shrunk, added or removed
-- column: symbols_added count sum wide  symbols that are new there
-- column: symbols_removed count sum wide  symbols that are gone
-- column: symbols_changed count sum wide  symbols of another size, moved or renamed
-- order: change, path
-- empty: nothing in that branch of that image differs
WITH data AS MATERIALIZED (
  SELECT DISTINCT path_id FROM embedded
   WHERE build IN (:base, :build) AND kind = 'data'
), object AS MATERIALIZED (
  -- Two SELECTs: with one the list of leaves would be made for each row.
  SELECT path, 0 AS is_after, total,
         path_id IN (SELECT path_id FROM data) AS embedded
    FROM objects
   WHERE build = :base
     AND path_id IN (SELECT path_id FROM leaves
                      WHERE build = :base AND image = :image)
     AND path_id NOT IN (SELECT path_id FROM temp.diff_stamped)
     AND in_branch(path, :branch)
  UNION ALL
  SELECT path, 1, total, path_id IN (SELECT path_id FROM data)
    FROM objects
   WHERE build = :build
     AND path_id IN (SELECT path_id FROM leaves
                      WHERE build = :build AND image = :image)
     AND path_id NOT IN (SELECT path_id FROM temp.diff_stamped)
     AND in_branch(path, :branch)
), part AS (
  SELECT iif(embedded, '(embedded)', dir_level(path, :branch, :depth)) AS path,
         iif(is_after, 0, total) AS before, iif(is_after, total, 0) AS after,
         NOT is_after AS had, is_after AS has,
         0 AS added, 0 AS removed, 0 AS changed
    FROM object
  UNION ALL
  SELECT '(' || line || ')', before, after, 1, 1, 0, 0, 0
    FROM temp.diff_link
   WHERE :branch = ''
  UNION ALL
  SELECT '(linktime)', before, after, 1, 1, 0, 0, 0
    FROM temp.diff_stamped
   WHERE in_branch(path, :branch)
  UNION ALL
  SELECT dir_level(path, :branch, :depth), 0, 0, 0, 0, added, removed, changed
    FROM temp.diff_count
   WHERE in_branch(path, :branch)
), level AS (
  SELECT path, sum(before) AS before, sum(after) AS after,
         max(had) AS had, max(has) AS has,
         sum(added) AS added, sum(removed) AS removed, sum(changed) AS changed
    FROM part
   GROUP BY path
)
SELECT path,
       before,
       after,
       after - before AS change,
       100.0 * (after - before) / nullif(before, 0) AS percent,
       CASE WHEN NOT had THEN 'added' WHEN NOT has THEN 'removed'
            WHEN after > before THEN 'grown' WHEN after < before THEN 'shrunk'
            ELSE 'changed' END AS what,
       added AS symbols_added,
       removed AS symbols_removed,
       changed AS symbols_changed
  FROM level
 WHERE after <> before OR added OR removed OR changed
