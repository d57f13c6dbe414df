-- title: Ambiguous call sites, with the objects that could contain them
-- group: trust
-- see: coverage accounting
-- text: Several functions have the same name, and the log has no address to
--   decide by. Such sites are attributed to no object. Boot with
--   no_hash_pointers, or capture trace.dat, /proc/kallsyms or option fields:
--   then addresses decide. A site has one row per candidate, so the rows must
--   not be added up.
-- param: build use the newest trace of this build; default: the newest trace
-- param: trace
-- param: branch
-- param: malloc
-- param: cache
-- param: tracing
-- column: caller text  return address of the call, symbol+0xoff
-- column: path text  an object that could contain it; - if not known
-- column: image text  vmlinux or a module
-- column: candidates count  number of candidates of the site
-- column: allocs count  allocations of the site
-- column: frees count wide  allocations whose free was seen
-- column: live count wide  allocations alive at the end
-- column: total_bytes bytes wide  bytes of all allocations
-- column: live_bytes bytes  bytes of the live ones
-- column: waste_bytes bytes wide  internal fragmentation: live_bytes minus the bytes requested
-- column: site id wide  number of the site
-- column: address text wide  return address in that object, as linked
-- order: live_bytes, total_bytes, caller, site, path
-- empty: no call site there is ambiguous
-- footer: coverage-line
WITH slab AS (
  SELECT site, caller,
         sum(allocs) AS allocs,
         sum(frees) AS frees,
         sum(live) AS live,
         sum(total_bytes) AS total_bytes,
         sum(live_bytes) AS live_bytes,
         sum(waste_bytes) AS waste_bytes
    FROM site_sums
   WHERE trace = :trace
     AND state = 'ambiguous'
     AND (kind = 'malloc' AND :malloc OR kind = 'cache' AND :cache)
   GROUP BY site
)
SELECT s.caller,
       coalesce(c.path, '-') AS path,
       c.image,
       (SELECT count(*) FROM site_candidates AS o
         WHERE o.trace = :trace AND o.site = s.site) AS candidates,
       s.allocs,
       s.frees,
       s.live,
       s.total_bytes,
       s.live_bytes,
       s.waste_bytes,
       s.site,
       printf('%016x', c.address) AS address
  FROM slab AS s
  JOIN site_candidates AS c ON c.trace = :trace AND c.site = s.site
 WHERE in_branch(coalesce(c.path, '-'), :branch)
   AND (:tracing OR NOT in_branch(coalesce(c.path, '-'), 'kernel/trace'))
