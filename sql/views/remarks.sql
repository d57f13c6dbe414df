-- view: remarks
-- title: Facts that a build's numbers must be read with.
-- column: build id       the build
-- column: ordinal id     number of the remark, from 0
-- column: remark text    in plain words
CREATE VIEW remarks AS
SELECT build, ordinal, text AS remark FROM remark;
