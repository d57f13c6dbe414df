-- title: Embedded data that grew
-- text: What a user, a vendor or the configuration put into an image: initramfs,
--   certificates, firmware, device trees. No code, but as much memory.
-- param: build
-- param: base
-- param: above=65536 only what grew by more bytes
-- column: path text  the object that carries it
-- column: holds text  what it is
-- column: before bytes sum  in the base
-- column: after bytes sum  in the build
-- column: change bytes sum  after - before
-- order: change, path
-- empty: no embedded data grew by so much
WITH part AS (
  SELECT path_id, path, holds, build = :build AS is_after, total
    FROM embedded
   WHERE build IN (:build, :base) AND kind = 'data'
), row AS (
  SELECT path, max(holds) AS holds,
         coalesce(sum(total) FILTER (WHERE NOT is_after), 0) AS before,
         coalesce(sum(total) FILTER (WHERE is_after), 0) AS after
    FROM part
   GROUP BY path_id, path
)
SELECT path, holds, before, after, after - before AS change
  FROM row
 WHERE after - before > :above
