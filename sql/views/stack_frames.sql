-- view: stack_frames
-- title: Frames of the stacks that were traced.
-- column: trace id       the trace
-- column: stack id       number of the stack in it
-- column: depth id       0 is the innermost frame
-- column: site id        the frame (view sites)
-- column: caller text    as printed: symbol, or symbol+0xoff
-- column: path text      the object it is in; NULL where not known
-- column: function text  function that contains the frame
-- column: owner text     the same outside inlined functions of allocator headers
-- column: wrapper id     1: the function is an allocator, or allocates for its callers, whatever is inlined in it
CREATE VIEW stack_frames AS
SELECT f.trace,
       f.stack,
       f.depth,
       f.site,
       -- SELECTs instead of a join: view sites explains.
       (SELECT s.caller FROM sites AS s
         WHERE s.trace = f.trace AND s.site = f.site) AS caller,
       (SELECT s.path FROM sites AS s
         WHERE s.trace = f.trace AND s.site = f.site) AS path,
       (SELECT s.function FROM sites AS s
         WHERE s.trace = f.trace AND s.site = f.site) AS function,
       (SELECT s.owner FROM sites AS s
         WHERE s.trace = f.trace AND s.site = f.site) AS owner,
       (SELECT substr(s.function, 1,
                      instr(substr(s.function, 2) || '.', '.'))
               IN (SELECT pattern FROM wrappers
                    WHERE kind IN ('function', 'allocator'))
          FROM sites AS s
         WHERE s.trace = f.trace AND s.site = f.site) AS wrapper
  FROM stack_frame AS f;
