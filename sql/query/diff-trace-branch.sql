-- A row where a call site of either trace is in :branch.
SELECT 1
  FROM temp.diff_site
 WHERE in_branch(path, :branch) OR in_branch(coalesce(before_path, '-'), :branch)
 LIMIT 1;
