-- The other half of those.
DELETE FROM temp.diff_object AS n
 WHERE n.before_path IS NULL
   AND EXISTS (SELECT 1 FROM temp.diff_object AS o
                WHERE o.moved = 1 AND o.path = n.path);
