-- title: Objects in the tree that are not linked into anything
-- text: Left from another configuration, or built for nothing. They cost build
--   time and no memory.
-- param: build
-- param: above=0 only objects of more bytes
-- column: path text  the object
-- column: total bytes sum  text + data + bss
-- order: total, path
-- empty: no object is left over
SELECT path, total
  FROM objects
 WHERE build = :build AND role = 'unlinked' AND total > :above
