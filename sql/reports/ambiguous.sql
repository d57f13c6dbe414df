-- title: Call sites that several objects could hold, with each of them
-- text: Static functions share names, and the log printed no address. Nothing is
--   guessed: such sites are in no object. Boot with no_hash_pointers, or
--   capture trace.dat, /proc/kallsyms or option fields, and addresses decide.
--   A site has a row for each candidate, so rows do not add up.
-- param: build the newest trace of this build; default: of any
-- param: trace
-- param: branch
-- param: malloc
-- param: cache
-- param: tracing
-- column: caller text  the call's return address, symbol+0xoff
-- column: path text  an object that could hold it; - where not known
-- column: image text  vmlinux or a module
-- column: candidates count  how many there are
-- column: allocs count  allocations of the site
-- column: frees count  those whose free was seen
-- column: live count  those alive at the end
-- column: total_bytes bytes  given by all allocations
-- column: live_bytes bytes  given to those alive at the end
-- column: waste_bytes bytes  of live_bytes not asked for
-- column: site id  number of the site
-- column: address text  where the call would return to, as linked
-- order: live_bytes, total_bytes, caller, site, path
-- empty: no call site is ambiguous
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
