-- An object that is gone and one that is new with the same footprint, which
-- no other of them has, are one that moved.
UPDATE temp.diff_object AS o
   SET path = n.path, footprint = n.footprint, after = n.after, moved = 1
  FROM temp.diff_object AS n
 WHERE o.path IS NULL AND n.before_path IS NULL
   AND n.footprint = o.before_footprint
   AND (SELECT count(*) FROM temp.diff_object AS x
         WHERE x.path IS NULL AND x.before_footprint = n.footprint) = 1
   AND (SELECT count(*) FROM temp.diff_object AS x
         WHERE x.before_path IS NULL AND x.footprint = n.footprint) = 1;
