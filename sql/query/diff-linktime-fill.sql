UPDATE temp.diff_link
   SET line = 'linktime', subject = 'fill ' || subject
 WHERE line = 'fill' AND before <> after
   AND subject IN (SELECT section FROM temp.diff_linktime);
