-- view: vmalloc_areas
-- title: /proc/vmallocinfo as captured with the trace, by caller and use.
-- column: trace id       the trace
-- column: site id        who asked for the areas (view sites); 0: not printed
-- column: use text       what the kernel says of them: vmalloc, vmap, ioremap, vm_map_ram, with user and the like behind; empty: nothing
-- column: areas count    how many
-- column: mapped_bytes bytes   of addresses, guard pages included
-- column: pages count    of memory that they hold
-- column: memory_bytes bytes   the same in bytes
CREATE VIEW vmalloc_areas AS
SELECT v.trace,
       v.site,
       v.use,
       v.areas,
       v.bytes AS mapped_bytes,
       v.pages,
       v.pages * (SELECT page_size FROM trace AS t WHERE t.id = v.trace)
         AS memory_bytes
  FROM vmalloc_area AS v;
