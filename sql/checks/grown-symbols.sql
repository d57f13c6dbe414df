-- title: Functions and variables that grew much
-- text: The growth of single symbols, in any image, through renames and moves.
-- param: base
-- param: above=16384 only those that grew by more bytes
-- column: symbol text  its name
-- column: path text  the object it is in
-- column: before bytes sum  in the base
-- column: after bytes sum  in the build
-- column: change bytes sum  after - before
-- column: section text  its section
-- order: change, symbol, path
-- empty: no symbol grew by so much
SELECT symbol, path, before, after, after - before AS change, section
  FROM temp.diff_symbol
 WHERE :base IS NOT NULL AND what <> 'added' AND after - before > :above
