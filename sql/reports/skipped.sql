-- title: Files that could not be measured
-- group: trust
-- see: caveats roles
-- param: build
-- column: path text  the file, relative to the tree
-- column: reason text wrap  why it is not included in any sum
-- order: path, reason
-- empty: no file was skipped
SELECT path, reason FROM skips WHERE build = :build
