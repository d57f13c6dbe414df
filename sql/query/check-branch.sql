-- :metric of the objects of :image in directory :name, of one side.  Columns:
-- how many objects, and the sum; NULL where it is not known of any of them.
SELECT count(*),
       sum(CASE :metric WHEN 'text' THEN text
                        WHEN 'data' THEN data
                        WHEN 'bss' THEN bss
                        WHEN 'total' THEN total
                        WHEN 'resident' THEN resident
                        WHEN 'init' THEN init
                        WHEN 'strings' THEN strings
                        WHEN 'percpu' THEN percpu END)
  FROM temp.check_part
 WHERE image = :image AND after = :after AND in_branch(path, :name);
