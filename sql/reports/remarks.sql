-- title: Facts that the numbers must be read with
-- param: build
-- column: ordinal id  number of the remark
-- column: remark text  in plain words
-- order: ordinal:asc
-- empty: nothing to remark
SELECT ordinal, remark FROM remarks WHERE build = :build
