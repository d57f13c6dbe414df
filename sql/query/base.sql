-- The one row of kmemdb base; all is told (query/base_choice.c).
--
-- title: The build to compare with
-- column: build id  its number, for kmemdb diff; - where there is none
-- column: commit text  what it was built of
-- column: commits count  from there to the build or commit that was asked about; with --onto to the merge base
-- column: why text  how it was chosen, or why there is none
-- column: unlike text  how it was built differently: dirty, config, compiler, label
-- column: label text  its label
-- column: of text  what was asked about
-- column: merge_base text  with --onto: the merge base
-- empty: there is none
SELECT nullif(:build, 0) AS build,
       (SELECT coalesce(commit_id, label) FROM builds WHERE build = :build) AS "commit",
       iif(:commits < 0, NULL, :commits) AS commits,
       :why AS why,
       nullif(:unlike, '') AS unlike,
       (SELECT label FROM builds WHERE build = :build) AS label,
       :of AS of,
       nullif(:merge_base, '') AS merge_base;
