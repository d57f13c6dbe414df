-- view: paths
-- title: The path of every object and image of any build.
-- column: path_id id     its number, the same in every build
-- column: path text      relative to the tree
-- column: directory text   its directory; '' is the tree itself
CREATE VIEW paths AS
SELECT p.id AS path_id,
       CASE d.path WHEN '' THEN p.file ELSE d.path || '/' || p.file END AS path,
       d.path AS directory
  FROM path AS p
  JOIN dir AS d ON d.id = p.dir;
