-- view: footprints
-- title: What objects were measured to be, each once, however many builds have it.
-- column: footprint id   its number
-- column: text bytes     Berkeley text, equal to binutils size
-- column: data bytes     Berkeley data
-- column: bss bytes      Berkeley bss
-- column: total bytes    text + data + bss
CREATE VIEW footprints AS
SELECT id AS footprint, text, data, bss, text + data + bss AS total
  FROM footprint;
