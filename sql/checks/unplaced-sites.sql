-- title: Live memory whose call site has no object
-- text: Call sites that are ambiguous or unknown and hold more than a hundredth
--   of the live bytes together: no directory has them in its sum.
-- param: build
-- param: trace
-- column: caller text  return address of the call
-- column: state text  why there is no object
-- column: live_bytes bytes sum  bytes alive at the end
-- order: live_bytes, caller
-- empty: nearly all live memory has an object
WITH site AS (
  SELECT caller, state, live_bytes, path IS NULL AS lost
    FROM site_sums
   WHERE trace = :trace AND kind IN ('malloc', 'cache')
)
SELECT caller, state, live_bytes
  FROM site
 WHERE lost AND live_bytes > 0
   AND (SELECT sum(live_bytes) FROM site WHERE lost) * 100
       > (SELECT sum(live_bytes) FROM site)
