-- A row where an object is in a directory.
SELECT 1 FROM paths WHERE path_id = :path AND in_branch(path, :branch);
