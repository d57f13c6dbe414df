-- title: New functions and variables that are large
-- text: What the base did not have, in any image: functions, variables and, as
--   '-', what no symbol covers of a new object. A symbol that moved or was
--   renamed is not new.
-- param: base
-- param: above=16384 only symbols of more bytes
-- column: symbol text  its name
-- column: path text  the object it is in
-- column: section text  its section
-- column: bytes bytes sum  what it takes
-- order: bytes, symbol, path
-- empty: no new symbol is that large
SELECT symbol, path, section, after AS bytes
  FROM temp.diff_symbol
 WHERE :base IS NOT NULL AND what = 'added' AND after > :above
