-- view: commit_parents
-- title: The history of the sources: the parents of each commit that an audit has seen.
-- text: A commit is the first 64 bits of its hash: printf('%016x', child) is
--   what git takes for it. A commit without parents has one row.
-- column: child id       the commit
-- column: ordinal id     0: its first parent, what a merge was merged into
-- column: parent id      the parent; NULL: it has none
CREATE VIEW commit_parents AS
SELECT child, ordinal, parent FROM commit_parent;
