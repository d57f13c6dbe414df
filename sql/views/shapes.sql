-- view: shapes
-- title: Allocations of each trace, grouped by site, sizes, flags and stack.
-- text: One row for all allocations that have these in common. A shape may
--   appear twice.
-- column: trace id       the trace
-- column: shape id       number of the shape
-- column: site id        the call site (view sites)
-- column: kind text      malloc, cache, page or percpu
-- column: bytes_req bytes   requested
-- column: bytes_alloc bytes   allocated
-- column: gfp_flags text   as printed
-- column: cache text     the cache; NULL: not known
-- column: node id        NUMA node requested; -1: any
-- column: stack id       the stack (view stack_frames); 0: none was traced
-- column: allocs count   allocations of this shape
-- column: live count     of allocations alive at the end
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
