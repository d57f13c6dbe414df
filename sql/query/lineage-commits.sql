-- Commits and their parents, in order.
SELECT child, parent FROM commit_parents ORDER BY child, ordinal;
