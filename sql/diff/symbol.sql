-- title: Functions and variables that differ between two builds
-- text: A symbol is matched through renames and clones: by object, section and
--   name; then by the name without the compiler's suffixes (.isra.0, .cold);
--   then in other objects; then as a renamed one after the same neighbour. '-'
--   is what no symbol covers of an object's section. Rows in parentheses are
--   what the link adds and takes: the sum is the image's change.
-- param: build
-- param: base
-- param: branch
-- column: symbol text  its name; in the base, where it is gone
-- column: path text  the object it is in
-- column: before bytes sum  in the base
-- column: after bytes sum  in the build
-- column: change bytes sum bar  after - before
-- column: percent percent wide  change as a share of before
-- column: what text  grown, shrunk, added, removed, moved (to another object) or renamed
-- column: section text  the section it is in
-- column: from text wide  of a moved or renamed one: where and what it was; - else
-- column: part text wide  objects; embedded: data that a user, a vendor or the configuration put in; link: the linker's own
-- order: change, symbol, path
-- empty: no symbol of that image differs
WITH data AS MATERIALIZED (
  SELECT DISTINCT path FROM embedded
   WHERE build IN (:base, :build) AND kind = 'data'
), row AS (
  SELECT symbol, path,
         iif(before_path IS NOT NULL AND in_branch(before_path, :branch),
             before, 0) AS before,
         iif(in_branch(path, :branch), after, 0) AS after,
         what, section,
         CASE what WHEN 'moved' THEN before_path
                   WHEN 'renamed' THEN before_symbol ELSE '-' END AS from_what,
         iif(path IN (SELECT path FROM data), 'embedded', 'objects') AS part
    FROM temp.diff_symbol
   WHERE in_branch(path, :branch)
      OR (before_path IS NOT NULL AND in_branch(before_path, :branch))
  UNION ALL
  SELECT '-', '(' || line || ')', sum(before), sum(after),
         iif(sum(after) > sum(before), 'grown', 'shrunk'), '-', '-', 'link'
    FROM (SELECT line, before, after FROM temp.diff_link WHERE :branch = ''
          UNION ALL
          SELECT 'linktime', before, after FROM temp.diff_stamped
           WHERE in_branch(path, :branch))
   GROUP BY line
)
SELECT symbol,
       path,
       before,
       after,
       after - before AS change,
       100.0 * (after - before) / nullif(before, 0) AS percent,
       what,
       section,
       from_what AS "from",
       part
  FROM row
 WHERE after <> before OR what IN ('moved', 'renamed')
