-- view: message_costs
-- title: What each message of a failed allocation costs, in each image that has it.
-- text: Deleting a message frees its string if nobody else in the image uses an
--   equal one: the link stores equal strings once. Where several findings share
--   a string it counts with the first of them (by path and function). Of a
--   string that somebody else needs, only the call and its record count.
-- column: build id       the build
-- column: image text     vmlinux, or the name of a module
-- column: path_id id     the object's path (view objects)
-- column: path text      the object
-- column: placement_set id        placement of its sections, or NULL
-- column: message_set id and
-- column: ordinal id     the finding (view message_findings)
-- column: string bytes   of the string with its padding: 0 if others need it, or it is counted elsewhere
-- column: others count   other functions of the image that use an equal string, and have no finding for it
CREATE VIEW message_costs AS
WITH home AS (
  -- vmlinux or one module: where equal strings become one.
  SELECT i.build, n.text AS image, o.path, o.message_set, o.placement_set
    FROM image AS i
    JOIN name AS n ON n.id = i.name
    JOIN member_list_entry AS m ON m.member_list = i.member_list
    JOIN object AS o ON o.build = i.build AND o.path = m.path
   WHERE o.message_set IS NOT NULL
     AND (i.kind = @number(image_kind, vmlinux) AND o.role = @number(role, vmlinux)
          OR i.kind = @number(image_kind, module) AND o.role = @number(role, module))
), finding AS (
  SELECT h.build, h.image, h.path, h.message_set, h.placement_set,
         f.ordinal, f.function, f.text, f.section, f.place,
         f.string_bytes, f.padding, f.users,
         -- Equal strings have equal levels before them.
         iif((SELECT t.prefix FROM message_text AS t
               WHERE t.message_set = f.message_set AND t.section = f.section
                 AND t.place = f.place LIMIT 1) > 0, f.level, -1) AS prefix,
         count(*) OVER (PARTITION BY h.build, h.image, h.path, f.section,
                                     f.place) AS mine
    FROM home AS h
    JOIN message_finding AS f ON f.message_set = h.message_set
), other AS (
  SELECT h.build, h.image, t.text, t.bytes,
         iif(t.prefix > 0, t.level, -1) AS prefix, count(*) AS users
    FROM home AS h
    JOIN message_text AS t ON t.message_set = h.message_set
   WHERE t.text IN (SELECT text FROM message_finding)
     AND NOT EXISTS (SELECT 1 FROM message_finding AS f
                      WHERE f.message_set = t.message_set
                        AND f.function = t.function AND f.text = t.text)
   GROUP BY 1, 2, 3, 4, 5
)
SELECT f.build,
       f.image,
       f.path AS path_id,
       CASE d.path WHEN '' THEN p.file ELSE d.path || '/' || p.file END AS path,
       f.placement_set,
       f.message_set,
       f.ordinal,
       iif(coalesce(o.users, 0) > 0 OR f.users > f.mine
           OR row_number() OVER (PARTITION BY f.build, f.image, f.text,
                                              f.string_bytes, f.prefix
                                 ORDER BY d.path, p.file, f.function,
                                          f.ordinal) > 1,
           0, f.string_bytes + f.padding) AS string,
       max(coalesce(o.users, 0), f.users - f.mine) AS others
  FROM finding AS f
  JOIN path AS p ON p.id = f.path
  JOIN dir AS d ON d.id = p.dir
  LEFT JOIN other AS o
    ON o.build = f.build AND o.image = f.image AND o.text = f.text
   AND o.bytes = f.string_bytes AND o.prefix = f.prefix;
