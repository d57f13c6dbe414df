-- The lines of the link, of both builds.  Where an image has none (modules are
-- joined by ld -r, which nobody itemises), one line is what the linked files
-- have more than their objects.
INSERT INTO temp.diff_link (line, subject, before, after)
WITH side (build, is_after) AS (
  VALUES (:base, 0), (:build, 1)
), image_of AS MATERIALIZED (
  SELECT i.build, s.is_after, i.image_id, i.kind, i.total,
         EXISTS (SELECT 1 FROM link_lines AS l
                  WHERE l.image_id = i.image_id
                    AND l.line <> 'span') AS itemised
    FROM side AS s
    JOIN images AS i ON i.build = s.build
   WHERE :image IN (i.image, 'all')
      OR (:image = 'modules' AND i.kind = 'module')
), line AS (
  SELECT i.is_after, l.line, l.subject, l.bytes
    FROM image_of AS i
    JOIN link_lines AS l ON l.image_id = i.image_id
   WHERE l.line NOT IN ('objects', 'image', 'span', 'init')
  UNION ALL
  SELECT is_after, 'link', '', coalesce(total, 0)
    FROM image_of
   WHERE NOT itemised AND kind <> 'vmlinux'
  UNION ALL
  -- What the final link adds to a module: M.mod.o.
  SELECT s.is_after, p.line, p.subject, p.sign * o.total
    FROM side AS s
    JOIN objects AS o ON o.build = s.build AND o.role = 'linktime'
    JOIN (SELECT 'linktime' AS line, 'modules' AS subject, 1 AS sign
          UNION ALL SELECT 'link', '', -1) AS p
   WHERE o.path_id IN (SELECT m.path_id
                         FROM image_of AS i
                         JOIN members AS m ON m.image_id = i.image_id
                        WHERE i.is_after = s.is_after AND NOT i.itemised
                          AND i.kind = 'module' AND i.total IS NOT NULL)
  UNION ALL
  SELECT s.is_after, 'link', '', -o.total
    FROM side AS s
    JOIN objects AS o ON o.build = s.build
   WHERE o.path_id IN (SELECT m.path_id
                         FROM image_of AS i
                         JOIN members AS m ON m.image_id = i.image_id
                        WHERE i.is_after = s.is_after AND NOT i.itemised
                          AND i.kind <> 'vmlinux' AND i.total IS NOT NULL)
     AND o.path_id IN (SELECT path_id FROM leaves
                        WHERE build = s.build AND image = :image)
)
SELECT line, subject,
       coalesce(sum(bytes) FILTER (WHERE NOT is_after), 0),
       coalesce(sum(bytes) FILTER (WHERE is_after), 0)
  FROM line
 GROUP BY line, subject;
