-- The object that a word names by its path, or by its source's; rows are of
-- the best rank first.  One whose path is below it: it is a directory.
SELECT path_id, path, 1 AS rank
  FROM paths
 WHERE path = :word
    OR (substr(:word, -2) IN ('.c', '.S')
        AND path = substr(:word, 1, length(:word) - 2) || '.o')
    OR (instr(:word, '/') AND path = :word || '.o')
UNION ALL
SELECT NULL, :word, 2
 WHERE EXISTS (SELECT 1 FROM paths WHERE in_branch(path, :word))
 ORDER BY rank
 LIMIT 1;
