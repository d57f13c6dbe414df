-- title: Files that could not be measured, and why
-- param: build
-- column: path text  the file, relative to the tree
-- column: reason text  why it is in no sum
-- order: path, reason
-- empty: nothing was skipped
SELECT path, reason FROM skips WHERE build = :build
