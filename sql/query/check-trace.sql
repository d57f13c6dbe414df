-- :metric of trace :trace, malloc + cache: of the sites in directory :name, or
-- where :symbol is set, of those whose owner matches the pattern :name.
-- Columns: how many sites, and the sum.
SELECT count(*),
       coalesce(sum(CASE :metric WHEN 'live' THEN live_bytes
                                 WHEN 'waste' THEN waste_bytes
                                 WHEN 'allocated' THEN total_bytes
                                 WHEN 'allocs' THEN allocs
                                 WHEN 'peak' THEN peak_bytes END), 0)
  FROM site_sums
 WHERE trace = :trace AND kind IN ('malloc', 'cache')
   AND iif(:symbol, coalesce(owner, function) GLOB :name,
           :name = '' OR in_branch(place, :name));
