-- The history of the sources (tables commit_parent and commit_cut).

-- statement: commits_known
SELECT child FROM commit_parent WHERE ordinal = 0;

-- statement: commits_cut
-- Another database that was merged into this one may have known more.
SELECT c.child, c.why
  FROM commit_cut AS c
 WHERE NOT EXISTS (SELECT 1 FROM commit_parent AS p
                    WHERE p.child = c.child AND p.ordinal = 0)
 ORDER BY c.why
 LIMIT ?1;

-- statement: commit_parent_put
INSERT INTO commit_parent (child, ordinal, parent) VALUES (?1, ?2, ?3)
    ON CONFLICT DO NOTHING;

-- statement: commit_cut_put
INSERT INTO commit_cut (child, why)
SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM commit_parent
                             WHERE child = ?1 AND ordinal = 0)
    ON CONFLICT DO NOTHING;

-- statement: commit_cut_drop
DELETE FROM commit_cut WHERE child = ?1;
