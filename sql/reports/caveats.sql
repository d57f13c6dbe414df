-- title: Caveats of the audit
-- text: What the numbers of the build must be read with: sources that differ
--   from the commit, objects newer than the image, links that are not known.
-- param: build
-- column: ordinal id  number of the caveat
-- column: caveat text  one sentence
-- order: ordinal:asc
-- empty: no caveats
SELECT ordinal, caveat FROM caveats WHERE build = :build
