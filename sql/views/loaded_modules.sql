-- view: loaded_modules
-- title: /proc/modules as captured with the trace.
-- column: trace id       the trace
-- column: module text    its name
-- column: bytes bytes    its memory, as the kernel counts it: core, and init while it is loading
-- column: state text     Live, Loading or Unloading
CREATE VIEW loaded_modules AS
SELECT l.trace,
       n.text AS module,
       l.bytes,
       l.state
  FROM loaded_module AS l
  JOIN name AS n ON n.id = l.name;
