-- view: allocations
-- title: Every allocation, with its free: for queries of your own.
-- text: Millions of rows. Select one trace (WHERE trace = N): its rows are
--   adjacent, and only those are read. Reports read view site_sums instead.
-- column: trace id       the trace
-- column: allocation id  number of the allocation, in no special order
-- column: site id        the call site (view sites)
-- column: kind text      malloc, cache, page or percpu
-- column: caller text    symbol+0xoff, suffixes kept
-- column: path text      the object it is in; NULL where not known
-- column: ptr id         the pointer, 64-bit two's complement; of pages the frame's number; 0 where hidden
-- column: bytes_req bytes   requested
-- column: bytes_alloc bytes   allocated
-- column: alloc_ns ns    time of the allocation, on the trace's clock
-- column: free_ns ns     when it was freed or, if implicit, its pointer was returned again; NULL: its end was not seen
-- column: lifetime_ns ns     free_ns - alloc_ns
-- column: ending text    freed, implicit, live or unknown
-- column: free_site id   the site that freed it (view sites), or NULL
-- column: gfp_flags text   as printed
-- column: cache text     its cache; NULL: not known
-- column: cache_inferred id   1: only its free named the cache
-- column: late_free id   1: its free came after the pointer's next use
-- column: duplicate id   1: two events of one kmalloc were merged
-- column: cpu id         of the allocation; NULL: not printed
-- column: pid id         task that allocated; NULL: not printed
-- column: comm text      its name
-- column: node id        NUMA node requested; -1: any
-- column: stack id       its stack (view stack_frames); 0: none was traced
CREATE VIEW allocations AS
SELECT t.id AS trace,
       a.id AS allocation,
       h.site,
       @word(kind, h.kind) AS kind,
       ca.text AS caller,
       CASE d.path WHEN '' THEN p.file ELSE d.path || '/' || p.file END AS path,
       CASE e.ending WHEN @number(ending, unknown) THEN 0 ELSE a.ptr + t.ptr_base END AS ptr,
       h.bytes_req,
       h.bytes_alloc,
       a.alloc_ns + t.time_base AS alloc_ns,
       a.alloc_ns + t.time_base + a.lifetime_ns AS free_ns,
       a.lifetime_ns,
       @word(ending, e.ending) AS ending,
       e.free_site,
       g.text AS gfp_flags,
       c.text AS cache,
       e.flags & 1 AS cache_inferred,
       e.flags >> 1 & 1 AS late_free,
       e.flags >> 2 & 1 AS duplicate,
       k.cpu,
       k.pid,
       m.text AS comm,
       h.node,
       h.stack
  FROM trace AS t
  -- CROSS: the trace first, then its rows.
 CROSS JOIN allocation AS a
    ON a.id BETWEEN t.first_allocation AND t.last_allocation
  LEFT JOIN alloc_shape AS h ON h.id = a.shape
  LEFT JOIN alloc_ending AS e ON e.id = a.ending
  LEFT JOIN alloc_task AS k ON k.id = a.task
  LEFT JOIN name AS g ON g.id = h.gfp
  LEFT JOIN name AS c ON c.id = h.cache
  LEFT JOIN name AS m ON m.id = k.comm
  -- Not view sites, which would be built for all traces here.
  LEFT JOIN site AS s ON s.trace = t.id AND s.site = h.site
  LEFT JOIN name AS ca ON ca.id = s.caller
  LEFT JOIN path AS p ON p.id = s.path
  LEFT JOIN dir AS d ON d.id = p.dir;
