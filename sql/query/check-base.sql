-- The build to compare :build with where nobody names one, how many commits
-- lie between, and how it was found (lineage.sql has the words).
SELECT base, commits, how FROM lineage WHERE build = :build AND base IS NOT NULL;
