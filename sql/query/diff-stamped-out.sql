-- Reports show them as linktime, and not as objects.
DELETE FROM temp.diff_object
 WHERE path_id IN (SELECT path_id FROM temp.diff_stamped);
