-- title: The frames of the stacks of a trace, outermost first
-- param: build use the newest trace of this build; default: the newest trace
-- param: trace
-- column: stack id  number of the stack
-- column: site id  the frame
SELECT stack,
       site
  FROM stack_frames
 WHERE trace = :trace
 ORDER BY stack, depth DESC
