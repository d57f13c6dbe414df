-- view: slabs
-- title: /proc/slabinfo as captured with the trace.
-- column: trace id       the trace
-- column: cache text     name of the cache
-- column: active_objects count   objects in use; all objects of a per-CPU slab count as in use
-- column: objects count  objects there is room for
-- column: object_bytes bytes   size of one
-- column: objects_per_slab count   in one slab
-- column: pages_per_slab count   that a slab takes
CREATE VIEW slabs AS
SELECT s.trace,
       n.text AS cache,
       s.active_objects,
       s.objects,
       s.object_bytes,
       s.objects_per_slab,
       s.pages_per_slab
  FROM slab AS s
  LEFT JOIN name AS n ON n.id = s.name;
