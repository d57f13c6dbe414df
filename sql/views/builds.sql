-- view: builds
-- title: What was audited: one row per build.
-- column: build id       number of the build; --build takes it
-- column: label text     name given with --label, or NULL
-- column: commit_id text the commit that was built, or NULL
-- column: commit_ns date   its committer's time since the epoch
-- column: subject text   first line of its message
-- column: dirty id       1: tracked files differ from the commit; NULL: not known
-- column: release text   kernel release (uname -r)
-- column: arch text      ARCH as Kbuild calls it
-- column: compiler text  the compiler's version line
-- column: config_hash text   fingerprint of .config, hexadecimal
-- column: build_id text  GNU build-id of vmlinux, hexadecimal
-- column: audited_ns date  time of the audit since the epoch
-- column: tree text      the audited tree, absolute
-- column: objects count  objects of role vmlinux
-- column: text bytes     of vmlinux as linked (binutils size)
-- column: data bytes     likewise
-- column: bss bytes      likewise
-- column: total bytes    text + data + bss
-- column: author_ns date  the commit's author's time since the epoch
-- column: source text    of the sources, where elsewhere than in the tree
CREATE VIEW builds AS
SELECT b.id AS build,
       b.label,
       b.commit_id,
       b.commit_ns,
       b.subject,
       b.dirty,
       b.release,
       b.arch,
       b.compiler,
       lower(hex(c.hash)) AS config_hash,
       lower(hex(i.build_id)) AS build_id,
       b.audited_ns,
       b.tree,
       ifnull((SELECT s.objects
                 FROM branch_size AS s
                WHERE s.build = b.id AND s.role = @number(role, vmlinux)
                  AND s.dir = (SELECT d.id FROM dir AS d WHERE d.path = '')),
              0) AS objects,
       l.text,
       l.data,
       l.bss,
       l.text + l.data + l.bss AS total,
       b.author_ns,
       b.source
  FROM build AS b
  LEFT JOIN config AS c ON c.id = b.config
  -- By their keys and apart, so that a query that uses no column of one leaves
  -- it out.
  LEFT JOIN image AS i
    ON i.id = (SELECT min(v.id) FROM image AS v
                WHERE v.build = b.id AND v.kind = @number(image_kind, vmlinux))
  LEFT JOIN linked_image AS l
    ON l.id = (SELECT v.linked_image FROM image AS v
                WHERE v.build = b.id AND v.kind = @number(image_kind, vmlinux)
                ORDER BY v.id LIMIT 1);
