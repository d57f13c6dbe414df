-- view: site_peaks
-- title: The own peak of each call site: the most that it had alive at one time.
-- column: trace id       the trace
-- column: site id        the call site (view sites)
-- column: kind text      malloc or cache
-- column: peak_bytes bytes   live bytes at its own peak
-- column: peak_ns ns     when that was, on the clock of the trace
CREATE VIEW site_peaks AS
SELECT trace, site, 'malloc' AS kind, malloc AS peak_bytes, malloc_ns AS peak_ns
  FROM site_peak
 WHERE malloc > 0
UNION ALL
SELECT trace, site, 'cache', cache, cache_ns
  FROM site_peak
 WHERE cache > 0;
