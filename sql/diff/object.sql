-- title: Objects that differ between two builds
-- text: Objects, and what the link adds to them and takes from them by kind, in
--   parentheses (--by link has each line): the sum is the image's change.
-- param: build
-- param: base
-- param: branch
-- column: path text  the object; its path in the base where it is gone
-- column: before bytes sum  in the base
-- column: after bytes sum  in the build
-- column: change bytes sum bar  after - before
-- column: percent percent  change as a share of before
-- column: what text  grown, shrunk, added, removed; moved: equal, at another path
-- column: part text  objects; embedded: data that a user, a vendor or the configuration put in; linktime: an object that holds who built the kernel and when (view build_stamps); link: the linker's own
-- column: from text wide  of a moved object: its path in the base
-- order: change, path
-- empty: no object of that image differs
WITH data AS MATERIALIZED (
  SELECT DISTINCT path FROM embedded
   WHERE build IN (:base, :build) AND kind = 'data'
), row AS (
  SELECT coalesce(path, before_path) AS path,
         iif(in_branch(before_path, :branch), before, 0) AS before,
         iif(in_branch(path, :branch), after, 0) AS after,
         CASE WHEN moved THEN 'moved' WHEN before_path IS NULL THEN 'added'
              WHEN path IS NULL THEN 'removed' END AS what,
         iif(coalesce(o.path, o.before_path) IN (SELECT path FROM data),
             'embedded', 'objects') AS part,
         iif(moved, before_path, NULL) AS from_path
    FROM temp.diff_object AS o
   WHERE in_branch(path, :branch) OR in_branch(before_path, :branch)
  UNION ALL
  SELECT path, before, after, NULL, 'linktime', NULL
    FROM temp.diff_stamped
   WHERE in_branch(path, :branch)
  UNION ALL
  SELECT '(' || line || ')', sum(before), sum(after), NULL, 'link', NULL
    FROM temp.diff_link
   WHERE :branch = ''
   GROUP BY line
)
SELECT path,
       before,
       after,
       after - before AS change,
       100.0 * (after - before) / nullif(before, 0) AS percent,
       coalesce(what, iif(after > before, 'grown', 'shrunk')) AS what,
       part,
       coalesce(from_path, '-') AS "from"
  FROM row
 WHERE after <> before OR what = 'moved'
