-- The newest trace of :build.
SELECT trace FROM traces WHERE build = :build
 ORDER BY imported_ns DESC, trace DESC LIMIT 1;
