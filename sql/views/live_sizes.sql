-- view: live_sizes
-- title: The allocations alive at the end of each trace, counted by cache and size.
-- column: trace id       the trace
-- column: kind text      malloc, cache, page or percpu
-- column: cache text     the cache; NULL: not known
-- column: bytes_alloc bytes   allocated for each
-- column: live count     how many
-- column: bytes_req bytes   bytes requested by all of them
CREATE VIEW live_sizes AS
SELECT h.trace,
       @word(kind, h.kind) AS kind,
       c.text AS cache,
       h.bytes_alloc,
       sum(h.live) AS live,
       sum(h.live * h.bytes_req) AS bytes_req
  FROM alloc_shape AS h
  LEFT JOIN name AS c ON c.id = h.cache
 WHERE h.live > 0
 GROUP BY h.trace, h.kind, h.cache, h.bytes_alloc;
