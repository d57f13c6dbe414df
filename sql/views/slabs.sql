-- view: slabs
-- title: /proc/slabinfo as captured with the trace.
-- column: trace id       the trace
-- column: cache text     name of the cache
-- column: active_objects count   objects in use; all objects of a per-CPU slab count as in use
-- column: objects count  objects there is room for
-- column: object_bytes bytes   size of one
-- column: objects_per_slab count   in one slab
-- column: pages_per_slab count   that a slab takes
-- column: slabs count    that there are, free ones too; where an older version imported it, as many as the objects need
-- column: slab_bytes bytes   of all its slabs
-- column: aliases text   caches that were merged with it (/sys/kernel/slab), with blanks between; NULL: none, or not captured
CREATE VIEW slabs AS
SELECT s.trace,
       n.text AS cache,
       s.active_objects,
       s.objects,
       s.object_bytes,
       s.objects_per_slab,
       s.pages_per_slab,
       coalesce(s.slabs, (s.objects + s.objects_per_slab - 1)
                         / nullif(s.objects_per_slab, 0), 0) AS slabs,
       coalesce(s.slabs, (s.objects + s.objects_per_slab - 1)
                         / nullif(s.objects_per_slab, 0), 0)
         * s.pages_per_slab
         * (SELECT page_size FROM trace AS t WHERE t.id = s.trace)
         AS slab_bytes,
       (SELECT group_concat(n.text, ' ')
          FROM slab_alias AS mine
          JOIN slab_alias AS a ON a.trace = mine.trace
                              AND a.target = mine.target
                              AND a.name <> mine.name
          JOIN name AS n ON n.id = a.name
         WHERE mine.trace = s.trace AND mine.name = s.name) AS aliases
  FROM slab AS s
  LEFT JOIN name AS n ON n.id = s.name;
