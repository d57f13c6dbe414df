-- view: build_stamps
-- title: Objects that hold who built the kernel, when, where, the how many'th time and of which commit.
-- text: Their size follows the length of those words (or, packed, their
--   content), so a difference of two builds says nothing of the code. A diff
--   counts them as linktime.
-- column: pattern text   path of the object, as GLOB takes it
-- column: holds text     what it holds
CREATE VIEW build_stamps (pattern, holds) AS
VALUES
('init/version.o', 'the banner that the kernel prints'),
('arch/*/boot/version.o', 'the version for boot loaders'),
('arch/*/boot/compressed/kaslr.o', 'what the random offset is made of'),
('arch/*/boot/compressed/piggy*.o', 'all of the kernel, packed');
