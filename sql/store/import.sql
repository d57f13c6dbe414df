-- The statements an import writes and looks up with (see audit.sql).

-- statement: trace_next
SELECT coalesce(max(id), 0) + 1 FROM trace;

-- statement: trace_find
-- The same log, joined with the same build (or with none).
SELECT id FROM trace WHERE digest = ?1 AND build IS ?2;

-- statement: trace_put
INSERT INTO trace (id, build, build_choice, label, source, digest, format,
                   imported_ns, build_id, release, command_line, begin_ns,
                   end_ns, clock, pointer_bits, hashed, page_size, events,
                   other_events, lines, other_lines, unreadable,
                   wrapped_lines, lost, lost_unknown, overwritten, null_free,
                   unmatched_free, hidden_free, hidden_alloc,
                   duplicate_events, late_free, stack_blocks, truncated,
                   caveat, peak_ns, peak_bytes, kaslr_offset, checked,
                   matched, first_allocation, last_allocation, ptr_base,
                   time_base)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
        ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30,
        ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38, ?39, ?40, ?41, ?42, ?43, ?44);

-- statement: trace_event_put
INSERT INTO trace_event (trace, name, understood, count, first_ns)
VALUES (?1, ?2, ?3, ?4, ?5);

-- statement: allocation_last
SELECT coalesce(max(id), 0) FROM allocation;

-- statement: alloc_shape_last
SELECT coalesce(max(id), 0) FROM alloc_shape;

-- statement: alloc_shape_put
INSERT INTO alloc_shape (id, trace, site, kind, bytes_req, bytes_alloc, gfp,
                         cache, node, stack, allocs, live)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12);

-- statement: alloc_task_last
SELECT coalesce(max(id), 0) FROM alloc_task;

-- statement: alloc_task_put
INSERT INTO alloc_task (id, trace, cpu, pid, comm)
VALUES (?1, ?2, ?3, ?4, ?5);

-- statement: alloc_ending_last
SELECT coalesce(max(id), 0) FROM alloc_ending;

-- statement: alloc_ending_put
INSERT INTO alloc_ending (id, trace, ending, flags, free_site)
VALUES (?1, ?2, ?3, ?4, ?5);

-- statement: allocation_put
INSERT INTO allocation (id, ptr, alloc_ns, lifetime_ns, shape, task, ending)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- statement: rollup_put
INSERT INTO rollup (trace, site, kind, stack, cache, cache_mixed,
                    cache_inferred, allocs, frees, implicit, live, unknown,
                    failed, total_bytes, total_req, live_bytes, live_req,
                    implicit_bytes, unknown_bytes, waste_bytes,
                    total_waste_bytes, peak_bytes, null_free, unmatched_free)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
        ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24);

-- statement: timeline_put
INSERT INTO timeline (trace, ordinal, start_ns, malloc, cache, page, percpu,
                      top_bytes, waste_bytes)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- statement: frame_put
INSERT INTO stack_frame (trace, stack, depth, site) VALUES (?1, ?2, ?3, ?4);

-- statement: site_put
INSERT INTO site (trace, site, text, caller, state, image, path, function,
                  section, address, owner)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?8);

-- statement: candidate_put
INSERT INTO site_candidate (trace, site, ordinal, image, path, address)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- statement: slab_put
INSERT OR IGNORE INTO slab (trace, name, active_objects, objects, object_bytes,
                            objects_per_slab, pages_per_slab, slabs)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- statement: slab_alias_put
INSERT OR IGNORE INTO slab_alias (trace, name, target) VALUES (?1, ?2, ?3);

-- statement: loaded_module_put
INSERT OR IGNORE INTO loaded_module (trace, name, bytes, state)
VALUES (?1, ?2, ?3, ?4);

-- statement: trace_modules_count
UPDATE trace
   SET modules = (SELECT count(*) FROM loaded_module WHERE trace = ?1)
 WHERE id = ?1;

-- statement: vmalloc_area_put
INSERT INTO vmalloc_area (trace, site, use, areas, bytes, pages)
VALUES (?1, ?2, ?3, 1, ?4, ?5)
    ON CONFLICT (trace, site, use)
    DO UPDATE SET areas = areas + 1,
                  bytes = bytes + excluded.bytes,
                  pages = pages + excluded.pages;

-- statement: build_newest
SELECT id FROM build ORDER BY audited_ns DESC, id DESC LIMIT 1;

-- statement: build_by_build_id
SELECT b.id
  FROM image AS i
  JOIN build AS b ON b.id = i.build
 WHERE i.kind = @number(image_kind, vmlinux) AND i.build_id = ?1
 ORDER BY b.audited_ns DESC, b.id DESC
 LIMIT 1;

-- statement: build_where
-- Where the build's tree was, and its sources.
SELECT tree, source FROM build WHERE id = ?1;

-- statement: lines_wanted
-- Addresses of a trace's sites that nobody looked up in this build yet.
SELECT DISTINCT s.image, n.text, coalesce(sn.text, ''), s.section, s.address
  FROM site AS s
  JOIN name AS n ON n.id = s.image
  LEFT JOIN name AS sn ON sn.id = s.section
 WHERE s.trace = ?1
   AND s.address IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM source_line AS l
                    WHERE l.build = ?2 AND l.image = s.image
                      AND l.section = s.section AND l.address = s.address)
 ORDER BY s.image, s.section, s.address;

-- statement: image_file
-- The linked file of an image of a build, and the build-id it had.
SELECT d.path, p.file, i.build_id
  FROM image AS i
  JOIN path AS p ON p.id = i.path
  JOIN dir AS d ON d.id = p.dir
 WHERE i.build = ?1 AND i.name = ?2;

-- statement: line_put
INSERT OR REPLACE INTO source_line (build, image, section, address, depth,
                                    function, file, line)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- statement: owners_put
-- The asker: the innermost frame that neither is in an allocator's header nor
-- allocates for its caller, or the outermost where all do.
WITH hidden(kind, pattern) AS MATERIALIZED (
  SELECT kind, pattern FROM wrappers
   WHERE kind IN ('file', 'allocator', 'function')
), hidden_file(id) AS MATERIALIZED (
  SELECT l.file
    FROM (SELECT DISTINCT file FROM source_line WHERE build = ?2) AS l
    JOIN name AS f ON f.id = l.file
   WHERE EXISTS (SELECT 1 FROM hidden AS w
                  WHERE w.kind = 'file'
                    AND (f.text = w.pattern
                         OR substr(f.text, -length(w.pattern) - 1)
                            = '/' || w.pattern))
), hidden_function(id) AS MATERIALIZED (
  SELECT n.id
    FROM hidden AS w
    JOIN name AS n ON n.text = w.pattern
   WHERE w.kind <> 'file'
)
UPDATE site
   SET (owner, file, line) = (
     SELECT coalesce(l.function, site.owner), l.file, l.line
       FROM source_line AS l
      WHERE l.build = ?2 AND l.image = site.image
        AND l.section = site.section AND l.address = site.address
      ORDER BY coalesce(l.file IN (SELECT id FROM hidden_file), 0)
               OR coalesce(l.function IN (SELECT id FROM hidden_function), 0),
               CASE WHEN coalesce(l.file IN (SELECT id FROM hidden_file), 0)
                         OR coalesce(l.function
                                     IN (SELECT id FROM hidden_function), 0)
                    THEN -l.depth ELSE l.depth END
      LIMIT 1)
 WHERE trace = ?1
   AND EXISTS (SELECT 1 FROM source_line AS l
                WHERE l.build = ?2 AND l.image = site.image
                  AND l.section = site.section AND l.address = site.address
                  AND l.function IS NOT NULL);

-- statement: site_places
-- The branch of each site that allocated slab memory, and whether it is
-- tracing's own.
SELECT site, coalesce(path, '(' || state || ')'), tracing
  FROM sites
 WHERE trace = ?1
   AND site IN (SELECT site FROM rollup
                 WHERE trace = ?1 AND allocs > 0
                   AND kind IN (@number(kind, malloc), @number(kind, cache)))
 ORDER BY tracing DESC, site;

-- statement: branch_peak_put
INSERT INTO branch_peak (trace, path, tracing, number, malloc, malloc_ns,
                         cache, cache_ns, slab, slab_ns)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- statement: site_peak_put
INSERT INTO site_peak (trace, site, malloc, malloc_ns, cache, cache_ns)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- statement: branch_point_put
INSERT OR REPLACE INTO branch_point (trace, branch, start_ns, malloc, cache,
                                     top_bytes)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);
