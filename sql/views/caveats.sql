-- view: caveats
-- title: Caveats of each build: what its numbers must be read with.
-- column: build id       the build
-- column: ordinal id     number of the caveat, from 0
-- column: caveat text    one sentence
CREATE VIEW caveats AS
SELECT build, ordinal, text AS caveat FROM caveat;
