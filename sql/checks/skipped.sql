-- title: What the audit could not measure
-- text: Files that were skipped; no number of a directory has them in it.
-- param: build
-- column: path text  the file
-- column: reason text  why
-- order: path
-- empty: nothing was skipped
SELECT path, reason FROM skips WHERE build = :build
