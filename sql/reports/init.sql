-- title: Init memory, which is freed after boot, by directory
-- group: static
-- see: boot-memory footprint
-- text: Bytes of the objects that the final link placed between __init_begin and
--   __init_end (of a module: those that are freed after its init function), by
--   the section of the image. --depth 99 shows every object. The kernel frees
--   whole pages: report boot-memory explains the number that it prints.
-- text: The template of per-CPU data is freed, too; its copies stay (report
--   footprint --cpus N). So is .smp_locks of x86, on a machine of several CPUs.
--   If the link of vmlinux is not known, section names decide; report caveats
--   says so.
-- param: build
-- param: image
-- param: branch
-- param: depth=1
-- column: path text  directory, or an object directly in the branch
-- column: objects count sum  objects with bytes that are freed
-- column: sections count sum  their sections that are freed
-- column: bytes bytes sum  freed bytes; the sum of the columns after percent
-- column: percent percent sum  share of the bytes that the branch frees
-- column: code bytes sum  in .init.text
-- column: data bytes sum  in .init.data and .init.rodata
-- column: percpu bytes sum  in .data..percpu: the template
-- column: exit bytes sum  in .exit.text and .exit.data: code that is built in is never unloaded
-- column: other bytes sum  in other sections: .altinstructions, tables of CPUs and machines
-- order: bytes, path
-- empty: no object of that branch has bytes that boot frees
-- footer: skips-line
WITH freed AS (
  SELECT o.path,
         s.size,
         CASE WHEN f.output GLOB '.init.text*' THEN 'code'
              WHEN f.output GLOB '.init.data*' THEN 'data'
              WHEN f.output GLOB '.init.rodata*' THEN 'data'
              WHEN f.output GLOB '.data..percpu*' THEN 'percpu'
              WHEN f.output GLOB '.data.percpu*' THEN 'percpu'
              WHEN f.output GLOB '.exit.*' THEN 'exit'
              ELSE 'other' END AS part
    FROM objects AS o
    JOIN placements AS f ON f.placement_set = o.placement_set AND f.lifetime = 'init'
    JOIN sections AS s ON s.footprint = o.footprint AND s.ordinal = f.ordinal
   WHERE o.build = :build
     AND o.path_id IN (SELECT path_id FROM leaves
                        WHERE build = :build AND image = :image)
     AND in_branch(o.path, :branch)
     AND s.size > 0
     AND s.class <> 'debug'
)
SELECT dir_level(path, :branch, :depth) AS path,
       count(DISTINCT path) AS objects,
       count(*) AS sections,
       sum(size) AS bytes,
       100.0 * sum(size) / nullif(sum(sum(size)) OVER (), 0) AS percent,
       coalesce(sum(size) FILTER (WHERE part = 'code'), 0) AS code,
       coalesce(sum(size) FILTER (WHERE part = 'data'), 0) AS data,
       coalesce(sum(size) FILTER (WHERE part = 'percpu'), 0) AS percpu,
       coalesce(sum(size) FILTER (WHERE part = 'exit'), 0) AS exit,
       coalesce(sum(size) FILTER (WHERE part = 'other'), 0) AS other
  FROM freed
 GROUP BY 1
