-- The symbols of a footprint.
-- column: what C reads, by place (query/symbol_set.c)
SELECT s.ordinal, sec.section, s.norm, s.symbol, s.value, s.size, s.type
  FROM symbols AS s
  JOIN sections AS sec
    ON sec.footprint = s.footprint AND sec.ordinal = s.section_ordinal
 WHERE s.footprint = :footprint AND sec.class <> 'debug'
 ORDER BY s.ordinal;
