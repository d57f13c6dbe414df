-- All that a database has of its newest build, and of the stamps, without
-- the numbers that depend on what it had before: two databases that were
-- told of the same tree print the same.
.mode list
CREATE TEMP TABLE b AS SELECT max(id) AS id FROM build;
CREATE TEMP TABLE file AS
SELECT p.id, CASE d.path WHEN '' THEN p.file ELSE d.path || '/' || p.file END AS path
  FROM path AS p JOIN dir AS d ON d.id = p.dir;
CREATE TEMP TABLE used AS
SELECT DISTINCT f.id, hex(f.hash) AS hash
  FROM object AS o JOIN footprint AS f ON f.id = o.footprint
 WHERE o.build = (SELECT id FROM b);
-- Footprints are shared by objects that differ in counters of names.
CREATE TEMP TABLE word AS
SELECT n.id, coalesce(m.text, n.text) AS text
  FROM name AS n LEFT JOIN name AS m ON m.id = n.norm;
CREATE INDEX temp.word_id ON word (id);

SELECT 'build', label, commit_id, dirty, release, arch, compiler, tree, source, hex(state)
  FROM build WHERE id = (SELECT id FROM b);
SELECT 'object', p.path, hex(f.hash), o.role, o.placement_set IS NULL
  FROM object AS o JOIN file AS p ON p.id = o.path JOIN footprint AS f ON f.id = o.footprint
 WHERE o.build = (SELECT id FROM b) ORDER BY p.path;
SELECT 'placement_set', p.path, s.ordinal, n.text, s.lifetime
  FROM object AS o JOIN file AS p ON p.id = o.path JOIN section_placement AS s ON s.placement_set = o.placement_set
  LEFT JOIN name AS n ON n.id = s.output
 WHERE o.build = (SELECT id FROM b) ORDER BY p.path, s.ordinal;
SELECT 'footprint', u.hash, f.full, f.elf_class, f.big_endian, f.machine, f.eflags, f.text, f.data, f.bss, f.common
  FROM used AS u JOIN footprint AS f ON f.id = u.id ORDER BY u.hash;
SELECT 'section', u.hash, s.ordinal, w.text, s.class, s.type, s.flags, s.size, s.align, s.entsize, s.unattributed
  FROM used AS u JOIN section AS s ON s.footprint = u.id JOIN word AS w ON w.id = s.name
 ORDER BY u.hash, s.ordinal;
SELECT 'symbol', u.hash, s.ordinal, w.text, s.section, s.info, s.value, s.size, s.own
  FROM used AS u JOIN symbol AS s ON s.footprint = u.id JOIN word AS w ON w.id = s.name
 ORDER BY u.hash, s.ordinal;
SELECT 'return', u.hash, r.section, hex(r.offsets)
  FROM used AS u JOIN return_site AS r ON r.footprint = u.id ORDER BY u.hash, r.section;
SELECT 'image', p.path, n.text, i.kind, hex(l.hash), hex(i.build_id), i.layout, i.checked, i.matched
  FROM image AS i JOIN file AS p ON p.id = i.path JOIN name AS n ON n.id = i.name
  LEFT JOIN linked_image AS l ON l.id = i.linked_image
 WHERE i.build = (SELECT id FROM b) ORDER BY p.path;
SELECT 'member', n.text, m.ordinal, p.path
  FROM image AS i JOIN name AS n ON n.id = i.name JOIN member_list_entry AS m ON m.member_list = i.member_list
  JOIN file AS p ON p.id = m.path
 WHERE i.build = (SELECT id FROM b) ORDER BY n.text, m.ordinal;
SELECT 'line', n.text, l.ordinal, l.kind, l.subject, l.bytes
  FROM image AS i JOIN name AS n ON n.id = i.name JOIN link_line AS l ON l.image = i.id
 WHERE i.build = (SELECT id FROM b) ORDER BY n.text, l.ordinal;
-- The numbers of names in it are made of their texts.
SELECT 'map', n.text, hex(m.places), hex(m.symbols)
  FROM image AS i JOIN name AS n ON n.id = i.name JOIN image_map AS m ON m.image = i.id
 WHERE i.build = (SELECT id FROM b) ORDER BY n.text;
SELECT 'skipped', ordinal, path, reason FROM skipped WHERE build = (SELECT id FROM b) ORDER BY ordinal;
SELECT 'remark', ordinal, text FROM caveat WHERE build = (SELECT id FROM b) ORDER BY ordinal;
SELECT 'stamp', t.root, p.path, s.size, s.mtime_ns, s.ctime_ns, s.inode, s.device, hex(f.hash), s.placement_set IS NULL
  FROM stamp AS s JOIN tree AS t ON t.id = s.tree JOIN file AS p ON p.id = s.path
  JOIN footprint AS f ON f.id = s.footprint ORDER BY t.root, p.path;
SELECT 'kept', t.root, p.path, hex(k.record)
  FROM cached_record AS k JOIN tree AS t ON t.id = k.id >> 32 JOIN file AS p ON p.id = k.id & 0xffffffff
 ORDER BY t.root, p.path;
