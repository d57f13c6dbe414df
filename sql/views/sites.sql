-- view: sites
-- title: Every call site of every trace, and the object that contains it.
-- text: A site is a return address. Nothing is guessed: state says what is not
--   known, and view site_candidates lists what a site could be. Frames of
--   stacks are sites, too. Without a build, function is what was printed.
-- column: trace id       the trace
-- column: site id        number of the site in it; 0: no caller was printed
-- column: text text      as the log prints it
-- column: caller text    symbol+0xoff, suffixes kept; - if none was printed
-- column: state text     object, ambiguous (several objects could be it, or one whose function has another size than was printed), unknown (the build has no such code), no-object (in the image, but in none of its objects), no-build (the trace was not joined with a build) or none (no caller was printed)
-- column: image text     vmlinux or a module; NULL where not known
-- column: path text      the object, relative to the tree; NULL where state is not object
-- column: directory text   its directory; '' is the tree itself
-- column: function text  function that contains the call
-- column: owner text     function that requested the memory: without suffixes (.isra.0), outside inlined functions of allocator headers (view wrappers)
-- column: file text      source file of the owner's line; NULL without debug information
-- column: line id        its line
-- column: section text   a module's section that address counts in; NULL: vmlinux
-- column: address id     of the return, as linked: 64-bit two's complement
-- column: tracing id     1: in kernel/trace, fs/tracefs or below: allocations made by ftrace
-- column: wrapper id     1: the owner allocates for its callers (view wrappers), so without a stack it is not known for whom
CREATE VIEW sites AS
-- SELECTs instead of joins: only those run whose column the query uses.
SELECT s.trace,
       s.site,
       (SELECT n.text FROM name AS n WHERE n.id = s.text) AS text,
       (SELECT n.text FROM name AS n WHERE n.id = s.caller) AS caller,
       @word(state, s.state) AS state,
       (SELECT n.text FROM name AS n WHERE n.id = s.image) AS image,
       (SELECT CASE d.path WHEN '' THEN p.file
                           ELSE d.path || '/' || p.file END
          FROM path AS p
          JOIN dir AS d ON d.id = p.dir
         WHERE p.id = s.path) AS path,
       (SELECT d.path
          FROM path AS p
          JOIN dir AS d ON d.id = p.dir
         WHERE p.id = s.path) AS directory,
       -- Of a caller what is before its '+', or all of it. C stores it as
       -- symbol+0xoff (model/site_text.h is the one parser); cutting that
       -- again is done in SQL because any SQLite program must be able to
       -- read this view, and a column for it would repeat most names.
       (SELECT substr(n.text, 1, instr(n.text || '+', '+') - 1)
          FROM name AS n
         WHERE n.id = coalesce(s.function, s.caller)) AS function,
       -- Also what is before a dot, unless that comes first.
       (SELECT substr(n.text, 1,
                      instr(replace(substr(n.text, 2), '+', '.') || '.', '.'))
          FROM name AS n
         WHERE n.id = coalesce(s.owner, s.function, s.caller)) AS owner,
       (SELECT n.text FROM name AS n WHERE n.id = s.file) AS file,
       s.line,
       (SELECT n.text FROM name AS n WHERE n.id = s.section) AS section,
       s.address,
       coalesce((SELECT substr(d.path || '/', 1, 13) = 'kernel/trace/'
                        OR substr(d.path || '/', 1, 11) = 'fs/tracefs/'
                   FROM path AS p
                   JOIN dir AS d ON d.id = p.dir
                  WHERE p.id = s.path), 0) AS tracing,
       coalesce((SELECT substr(n.text, 1,
                               instr(replace(substr(n.text, 2), '+', '.')
                                     || '.', '.'))
                   FROM name AS n
                  WHERE n.id = coalesce(s.owner, s.function, s.caller))
                IN (SELECT pattern FROM wrappers
                     WHERE kind IN ('function', 'allocator')), 0) AS wrapper
  FROM site AS s;
