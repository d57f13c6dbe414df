-- Names that are equal to others but for their counters.
SELECT id, norm
  FROM name
 WHERE norm IS NOT NULL;
