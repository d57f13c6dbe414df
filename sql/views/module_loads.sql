-- view: module_loads
-- title: What each module takes when it is loaded.
-- text: By the rules of the kernel's module loader, which the release, the
--   configuration and the machine tell. Modules that an older version audited
--   have no row.
-- column: build id       the build
-- column: image_id id    the module (view images)
-- column: module text    its name, as /proc/modules prints it
-- column: core_bytes bytes     stays: what /proc/modules says of a module that is live
-- column: init_bytes bytes     freed when its init function has run
-- column: content_bytes bytes  of core_bytes: without padding between sections and to the ends of pages
-- column: symbol_bytes bytes   of content_bytes: symbols and their names that kallsyms keeps
-- column: struct_bytes bytes   of content_bytes: struct module
-- column: percpu_bytes bytes   per-CPU data: a copy for each CPU, from another pool
-- column: page_bytes bytes     a page
-- column: pages count          that core_bytes takes
-- column: doubts text          why it may not be exact, or ''
CREATE VIEW module_loads AS
SELECT i.build,
       i.id AS image_id,
       replace(n.text, '-', '_') AS module,
       l.core AS core_bytes,
       l.init AS init_bytes,
       l.content AS content_bytes,
       l.symbols AS symbol_bytes,
       coalesce((SELECT s.size
                   FROM linked_image_section AS s
                   JOIN name AS sn ON sn.id = s.name
                  WHERE s.linked_image = i.linked_image
                    AND sn.text = '.gnu.linkonce.this_module'), 0)
         AS struct_bytes,
       l.percpu AS percpu_bytes,
       l.page AS page_bytes,
       (l.core + l.page - 1) / l.page AS pages,
       CASE l.doubts WHEN 0 THEN '' ELSE
         substr(iif(l.doubts & 1, '; without veneers and GOT that the loader of this architecture adds', '')
             || iif(l.doubts & 2, '; release not known: rules of the newest kernels', '')
             || iif(l.doubts & 4, '; configuration not known: options as most kernels have them', '')
             || iif(l.doubts & 8, '; names of symbols share bytes in kernels before 3.3, which is not counted', ''),
                3)
       END AS doubts
  FROM image AS i
  JOIN name AS n ON n.id = i.name
  JOIN module_load AS l ON l.linked_image = i.linked_image;
