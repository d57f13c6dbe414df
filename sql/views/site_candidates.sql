-- view: site_candidates
-- title: What an ambiguous call site could be.
-- column: trace id       the trace
-- column: site id        the site (view sites)
-- column: ordinal id     number of the candidate, from 0
-- column: image text     vmlinux or a module
-- column: path text      the object, relative to the tree; NULL: not known
-- column: address id     return address in it, as linked: 64-bit two's complement
CREATE VIEW site_candidates AS
SELECT c.trace,
       c.site,
       c.ordinal,
       i.text AS image,
       CASE d.path WHEN '' THEN p.file ELSE d.path || '/' || p.file END AS path,
       c.address
  FROM site_candidate AS c
  LEFT JOIN name AS i ON i.id = c.image
  LEFT JOIN path AS p ON p.id = c.path
  LEFT JOIN dir AS d ON d.id = p.dir;
