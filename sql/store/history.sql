-- The history of the sources (tables commit_parent and commit_cut).

-- statement: commits_known
SELECT child FROM commit_parent WHERE ordinal = 0;

-- statement: commits_cut
SELECT id FROM commit_cut LIMIT ?1;

-- statement: commit_parent_put
INSERT INTO commit_parent (child, ordinal, parent) VALUES (?1, ?2, ?3)
    ON CONFLICT DO NOTHING;

-- statement: commit_cut_put
INSERT INTO commit_cut (id)
SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM commit_parent
                             WHERE child = ?1 AND ordinal = 0)
    ON CONFLICT DO NOTHING;

-- statement: commit_cut_drop
DELETE FROM commit_cut WHERE id = ?1;
