-- view: trace_events
-- title: The events of each trace by name.
-- column: trace id       the trace
-- column: event text     name of the event
-- column: understood id  1: an allocation or a free; 0: not used
-- column: events count   how many there were
-- column: first_ns ns    the first of them, on the trace's clock; NULL: not recorded
CREATE VIEW trace_events AS
SELECT trace,
       name AS event,
       understood,
       count AS events,
       first_ns
  FROM trace_event;
