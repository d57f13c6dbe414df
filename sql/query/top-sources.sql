-- Where the sources of a build may be: of :build, else of that which :trace is
-- joined with.
SELECT source, tree
  FROM builds
 WHERE build = coalesce(CAST(:build AS INTEGER),
                        (SELECT build FROM traces
                          WHERE trace = CAST(:trace AS INTEGER)));
