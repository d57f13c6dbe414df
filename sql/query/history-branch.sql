-- A row where some build had something in that directory.
SELECT 1 FROM paths WHERE in_branch(path, :branch) LIMIT 1;
