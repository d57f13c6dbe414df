-- view: skips
-- title: Files that could not be measured, with the reason.
-- column: build id       the build
-- column: ordinal id     number of the skip, from 0
-- column: path text      the file, relative to the tree
-- column: reason text    why
CREATE VIEW skips AS
SELECT build, ordinal, path, reason FROM skipped;
