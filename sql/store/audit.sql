-- The statements an audit writes and looks up with.  Each begins at a line
-- "-- statement: NAME", which C calls ST_NAME: the numbers are made from
-- these files (sql/README.md).

-- statement: begin
-- IMMEDIATE: of two audits at once the second waits here, before it has
-- done anything, instead of failing at its first write.
BEGIN IMMEDIATE;

-- statement: commit
COMMIT;

-- statement: rollback
ROLLBACK;

-- statement: name_any
SELECT id FROM name LIMIT 1;

-- statement: name_get
SELECT text FROM name WHERE id = ?1;

-- statement: name_put
INSERT INTO name (id, text, norm) VALUES (?1, ?2, ?3);

-- statement: dir_get
SELECT id FROM dir WHERE path = ?1;

-- statement: dir_put
INSERT INTO dir (parent, path) VALUES (?1, ?2);

-- statement: path_get
SELECT id FROM path WHERE dir = ?1 AND file = ?2;

-- statement: path_put
INSERT INTO path (dir, file) VALUES (?1, ?2);

-- statement: footprint_get
SELECT id FROM footprint WHERE hash = ?1;

-- statement: footprint_put
INSERT INTO footprint (hash, full, elf_class, big_endian, machine, eflags,
                       text, data, bss, common)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- statement: section_put
INSERT INTO section (footprint, ordinal, name, class, type, flags, size,
                     align, entsize, unattributed)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- statement: symbol_put
INSERT INTO symbol (footprint, ordinal, name, section, info, value, size, own)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- statement: return_site_put
INSERT INTO return_site (footprint, section, offsets) VALUES (?1, ?2, ?3);

-- statement: content_set_get
SELECT id FROM content_set WHERE hash = ?1;

-- statement: content_set_put
INSERT INTO content_set (hash, contents) VALUES (?1, ?2);

-- statement: tree_get
SELECT id FROM tree WHERE root = ?1;

-- statement: tree_put
INSERT INTO tree (root) VALUES (?1);

-- statement: stamps_of_tree
SELECT s.path, d.path, p.file, s.size, s.mtime_ns, s.ctime_ns, s.inode,
       s.device, s.footprint, f.full, s.placement_set, s.message_cache,
       s.message_set, s.content_set
  FROM stamp AS s
  JOIN path AS p ON p.id = s.path
  JOIN dir AS d ON d.id = p.dir
  JOIN footprint AS f ON f.id = s.footprint
 WHERE s.tree = ?1;

-- statement: stamp_put
-- A row that is the same is not written.
INSERT INTO stamp (tree, path, size, mtime_ns, ctime_ns, inode, device,
                   footprint, placement_set, message_cache, message_set,
                   content_set)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
    ON CONFLICT (tree, path) DO UPDATE
   SET (size, mtime_ns, ctime_ns, inode, device, footprint, placement_set,
        message_cache, message_set, content_set) =
       (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
 WHERE (size, mtime_ns, ctime_ns, inode, device, footprint, placement_set,
        message_cache, message_set, content_set) IS NOT
       (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12);

-- statement: stamp_messages
UPDATE stamp SET message_cache = ?3, message_set = ?4
 WHERE tree = ?1 AND path = ?2
   AND (message_cache, message_set) IS NOT (?3, ?4);

-- statement: stamp_drop
DELETE FROM stamp WHERE tree = ?1 AND path = ?2;

-- statement: record_get
SELECT record FROM cached_record WHERE id = ?1;

-- statement: record_put
INSERT INTO cached_record (id, record) VALUES (?1, ?2)
    ON CONFLICT (id) DO UPDATE SET record = ?2 WHERE record IS NOT ?2;

-- statement: record_drop
DELETE FROM cached_record WHERE id = ?1;

-- statement: build_get
SELECT id, state FROM build WHERE identity = ?1;

-- statement: build_rows
-- All that a build has, but the time of its audit and whether its state can be
-- trusted: what two audits of an unchanged tree have in common.
SELECT 0 AS part, path AS a, footprint AS b, role AS c, placement_set AS d,
       message_set AS e, content_set AS f, NULL AS g
  FROM object WHERE build = ?1
UNION ALL
SELECT 1, path, name, kind, member_list, linked_image, build_id, layout
  FROM image WHERE build = ?1
UNION ALL
SELECT 2, i.path, i.checked, i.matched, m.places, m.symbols, NULL, NULL
  FROM image AS i LEFT JOIN image_map AS m ON m.image = i.id WHERE i.build = ?1
UNION ALL
SELECT 3, i.path, l.ordinal, l.kind, l.subject, l.bytes, l.to_page, NULL
  FROM image AS i JOIN link_line AS l ON l.image = i.id WHERE i.build = ?1
UNION ALL
SELECT 4, ordinal, path, reason, NULL, NULL, NULL, NULL
  FROM skipped WHERE build = ?1
UNION ALL
SELECT 5, ordinal, text, NULL, NULL, NULL, NULL, NULL
  FROM caveat WHERE build = ?1
UNION ALL
SELECT 6, identity, label, commit_id, dirty, subject, release, compiler
  FROM build WHERE id = ?1
UNION ALL
SELECT 7, commit_ns, arch, config, tree, source, author_ns, NULL
  FROM build WHERE id = ?1
UNION ALL
SELECT 8, path, size, f.part, packing, payload, stale, NULL
  FROM boot_file AS f WHERE build = ?1
 ORDER BY 1, 2, 3;

-- statement: build_boot_files_drop
DELETE FROM boot_file WHERE build = ?1;

-- statement: boot_file_put
INSERT INTO boot_file (build, path, size, part, packing, payload, stale)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- statement: build_touch
UPDATE build SET audited_ns = ?2 WHERE id = ?1;

-- statement: build_drop
DELETE FROM build WHERE id = ?1;

-- statement: build_objects_drop
DELETE FROM object WHERE build = ?1;

-- statement: build_branches_drop
DELETE FROM branch_size WHERE build = ?1;

-- statement: build_lines_drop
DELETE FROM link_line
 WHERE image IN (SELECT id FROM image WHERE build = ?1);

-- statement: build_maps_drop
DELETE FROM image_map
 WHERE image IN (SELECT id FROM image WHERE build = ?1);

-- statement: build_sources_drop
DELETE FROM source_line WHERE build = ?1;

-- statement: build_images_drop
DELETE FROM image WHERE build = ?1;

-- statement: build_skips_drop
DELETE FROM skipped WHERE build = ?1;

-- statement: build_caveats_drop
DELETE FROM caveat WHERE build = ?1;

-- statement: config_get
SELECT id FROM config WHERE hash = ?1;

-- statement: config_put
INSERT INTO config (hash, text) VALUES (?1, ?2);

-- statement: build_put
-- ?1 is the number the build had before it was replaced, or NULL.
INSERT INTO build (id, identity, label, commit_id, commit_ns, subject, dirty,
                   release, arch, compiler, config, tree, source, audited_ns,
                   state, author_ns)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16);

-- statement: object_put
INSERT INTO object (build, path, footprint, role, placement_set, message_set,
                    content_set)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- statement: placement_set_get
SELECT id FROM placement_set WHERE hash = ?1;

-- statement: placement_set_put
INSERT INTO placement_set (hash) VALUES (?1);

-- statement: section_placement_put
INSERT INTO section_placement (placement_set, ordinal, output, lifetime)
VALUES (?1, ?2, ?3, ?4);

-- statement: member_list_get
SELECT id FROM member_list WHERE hash = ?1;

-- statement: member_list_put
INSERT INTO member_list (hash) VALUES (?1);

-- statement: member_list_entry_put
INSERT INTO member_list_entry (member_list, ordinal, path) VALUES (?1, ?2, ?3);

-- statement: linked_image_get
SELECT id FROM linked_image WHERE hash = ?1;

-- statement: linked_image_put
INSERT INTO linked_image (hash, machine, elf_class, big_endian, text, data, bss)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- statement: linked_image_section_put
INSERT INTO linked_image_section (linked_image, ordinal, name, class, type, flags, addr,
                            size, align)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- statement: module_load_put
INSERT INTO module_load (linked_image, core, init, content, symbols, percpu, page,
                         doubts)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- statement: image_put
INSERT INTO image (build, path, name, kind, member_list, linked_image, build_id, layout,
                   checked, matched)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- statement: image_map_put
INSERT INTO image_map (image, places, symbols) VALUES (?1, ?2, ?3);

-- statement: link_line_put
INSERT INTO link_line (image, ordinal, kind, subject, bytes, to_page)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- statement: skip_put
INSERT INTO skipped (build, ordinal, path, reason) VALUES (?1, ?2, ?3, ?4);

-- statement: caveat_put
INSERT INTO caveat (build, ordinal, text) VALUES (?1, ?2, ?3);
