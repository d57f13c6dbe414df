-- title: Every build in which it changed, newest first
-- text: A symbol or object is followed along the history as diff follows it:
--   through renames, clones of the compiler and moves to other objects. Each
--   build is compared with its base (kmemdb log). The size is that of the
--   symbol, or text + data + bss of the object, or of all in the directory.
-- column: commit text  what was built; its label, where no commit is known
-- column: date date  the commit's time; of the audit, where there is no commit
-- column: subject text  first line of the commit's message
-- column: size bytes  from this build on; - where it is gone
-- column: change bytes  more or less than in the base
-- column: percent percent wide  change as a share of the base
-- column: what text  first (no older build is known), added, grown, shrunk, changed (of equal size), moved, renamed or removed
-- column: symbol text wide  its name there; - of an object or a directory
-- column: path text wide  the object it is in, or the directory
-- column: from text  of a moved or renamed one: where and what it was
-- column: build id wide  the build
-- column: base id wide  the build it is compared with
-- column: commits count wide  from the base to here; - where the graph does not say
-- column: label text wide  of the build
-- empty: it is in no build
SELECT coalesce(substr(b.commit_id, 1, 12), b.label) AS "commit",
       coalesce(b.commit_ns, b.audited_ns) AS date,
       b.subject,
       c.after AS size,
       coalesce(c.after, 0) - coalesce(c.before, 0) AS change,
       100.0 * (coalesce(c.after, 0) - c.before) / nullif(c.before, 0) AS percent,
       c.what,
       c.symbol,
       c.path,
       c.from_what AS "from",
       c.build,
       c.base,
       c.commits,
       b.label
  FROM temp.blame_change AS c
 CROSS JOIN builds AS b ON b.build = c.build
 ORDER BY c.place, c.path, c.symbol
