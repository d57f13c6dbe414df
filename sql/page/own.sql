-- title: What a build has
-- param: build
-- column: traces count  traces that were joined with it
SELECT count(*) AS traces FROM traces WHERE build = :build
