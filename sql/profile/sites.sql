-- title: The call sites and frames of a trace
-- param: build use the newest trace of this build; default: the newest trace
-- param: trace
-- column: site id  its number
-- column: place text  the object, or why there is none
-- column: function text  function that contains the call
-- column: owner text  function that asked, as view sites has it
-- column: file text  source file of the owner's line
-- column: line id  its line
-- column: image text  vmlinux or a module
SELECT site,
       coalesce(path, '(' || state || ')') AS place,
       function,
       owner,
       file,
       line,
       image
  FROM sites
 WHERE trace = :trace
 ORDER BY site
