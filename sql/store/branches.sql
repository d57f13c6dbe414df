-- What the history of a branch is read from (store/build.c).

-- statement: branch_sizes_put
-- Of build ?1, whose objects are there; NULL is all builds.
WITH RECURSIVE object_part (build, path, resident, init, discard, strings) AS (
  SELECT o.build, o.path,
         sum(iif(l.lifetime = @number(lifetime, resident), s.size, 0)),
         sum(iif(l.lifetime = @number(lifetime, init), s.size, 0)),
         sum(iif(l.lifetime = @number(lifetime, discard), s.size, 0)),
         sum(iif(s.class = @number(class, strings), s.size, 0))
    FROM object AS o
   CROSS JOIN section AS s ON s.footprint = o.footprint
    LEFT JOIN section_placement AS l
      ON l.placement_set = o.placement_set AND l.ordinal = s.ordinal
   WHERE o.build BETWEEN ifnull(?1, 0) AND ifnull(?1, 9223372036854775807)
     AND s.class <> @number(class, debug)
   GROUP BY o.build, o.path
), own AS MATERIALIZED (
  SELECT o.build, p.dir, o.role, count(*) AS objects, sum(f.text) AS text,
         sum(f.data) AS data, sum(f.bss) AS bss,
         sum(ifnull(s.resident, 0)) AS resident, sum(ifnull(s.init, 0)) AS init,
         sum(ifnull(s.discard, 0)) AS discard,
         sum(ifnull(s.strings, 0)) AS strings
    FROM object AS o
   CROSS JOIN path AS p ON p.id = o.path
   CROSS JOIN footprint AS f ON f.id = o.footprint
    LEFT JOIN object_part AS s ON s.build = o.build AND s.path = o.path
   WHERE o.build BETWEEN ifnull(?1, 0) AND ifnull(?1, 9223372036854775807)
     AND o.role IN (@number(role, vmlinux), @number(role, module),
                    @number(role, boot), @number(role, vdso))
   GROUP BY o.build, p.dir, o.role
), up (dir, top) AS (
  -- Each directory and those that it is in.
  SELECT DISTINCT dir, dir FROM own
   UNION
  SELECT u.dir, d.parent
    FROM up AS u
    JOIN dir AS d ON d.id = u.top
   WHERE d.parent IS NOT NULL
)
INSERT INTO branch_size (build, dir, role, objects, text, data, bss, resident,
                         init, discard, strings)
SELECT o.build, u.top, o.role, sum(o.objects), sum(o.text), sum(o.data),
       sum(o.bss), sum(o.resident), sum(o.init), sum(o.discard), sum(o.strings)
  FROM own AS o
  JOIN up AS u ON u.dir = o.dir
 GROUP BY o.build, u.top, o.role;
