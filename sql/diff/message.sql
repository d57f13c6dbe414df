-- title: Messages of failed allocations that came, went or changed between two builds
-- text: A finding (report oom-printk) is matched by object, function and text.
-- param: build
-- param: base
-- param: image
-- param: branch
-- column: message text  as in C, without its level
-- column: function text  the function that prints it
-- column: path text  the object
-- column: before bytes sum  what deleting it would have freed in the base
-- column: after bytes sum  likewise in the build
-- column: change bytes sum  after - before
-- column: what text  added, removed, changed (its verdict), grown or shrunk
-- column: verdict text  in the build; in the base, where it is gone
-- column: from text wide  the verdict in the base; - where it is new
-- order: change, path, function, message
-- empty: no message of a failed allocation came, went or changed
WITH side (is_after, build) AS (
  -- They may be one build.
  VALUES (0, :base), (1, :build)
), finding AS (
  SELECT s.is_after, c.path, f.function, f.message, f.verdict,
         max(c.string) + f.code_bytes + f.index_bytes + f.name_bytes AS bytes
    FROM side AS s
    JOIN message_costs AS c ON c.build = s.build
    JOIN message_findings AS f
      ON f.message_set = c.message_set AND f.ordinal = c.ordinal
   WHERE EXISTS (SELECT 1 FROM leaves AS l
                  WHERE l.build = c.build AND l.image = :image
                    AND l.path_id = c.path_id)
     AND in_branch(c.path, :branch)
     AND f.verdict <> 'stored'
   GROUP BY s.is_after, c.path_id, c.message_set, c.ordinal
), row AS (
  SELECT path, function, message,
         sum(iif(is_after, 0, bytes)) AS before,
         sum(iif(is_after, bytes, 0)) AS after,
         max(iif(is_after, verdict, NULL)) AS verdict,
         max(iif(is_after, NULL, verdict)) AS old
    FROM finding
   GROUP BY path, function, message
)
SELECT message,
       function,
       path,
       before,
       after,
       after - before AS change,
       CASE WHEN old IS NULL THEN 'added' WHEN verdict IS NULL THEN 'removed'
            WHEN verdict <> old THEN 'changed'
            WHEN after > before THEN 'grown' ELSE 'shrunk' END AS what,
       coalesce(verdict, old) AS verdict,
       coalesce(old, '-') AS "from"
  FROM row
 WHERE old IS NOT verdict OR before <> after
