-- view: shapes
-- title: The different allocations of each trace: site, sizes, flags and stack together.
-- text: What many allocations have in common. A shape may appear twice.
-- column: trace id       the trace
-- column: shape id       number of the shape
-- column: site id        the call site (view sites)
-- column: kind text      malloc, cache, page or percpu
-- column: bytes_req bytes   asked for
-- column: bytes_alloc bytes   given
-- column: gfp_flags text   as printed
-- column: cache text     the cache; NULL: not known
-- column: node id        NUMA node that was asked for; -1: any
-- column: stack id       the stack (view stack_frames); 0: none was traced
-- column: allocs count   allocations of this shape
-- column: live count     of those alive at the end
CREATE VIEW shapes AS
SELECT h.trace,
       h.id AS shape,
       h.site,
       @word(kind, h.kind) AS kind,
       h.bytes_req,
       h.bytes_alloc,
       g.text AS gfp_flags,
       c.text AS cache,
       h.node,
       h.stack,
       h.allocs,
       h.live
  FROM alloc_shape AS h
  LEFT JOIN name AS g ON g.id = h.gfp
  LEFT JOIN name AS c ON c.id = h.cache;
