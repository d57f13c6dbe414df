-- title: Objects that lie in the tree and are linked into nothing
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
