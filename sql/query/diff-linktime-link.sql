-- Of images whose link nobody itemises (modules, boot stages) likewise: where
-- no object of theirs differs, what their link adds is its doing.
UPDATE temp.diff_link
   SET line = 'linktime', subject = 'link'
 WHERE line = 'link' AND before <> after
   AND (EXISTS (SELECT 1 FROM temp.diff_stamped)
        OR EXISTS (SELECT 1 FROM temp.diff_link AS l
                    WHERE l.line = 'linktime' AND l.before <> l.after))
   AND NOT EXISTS (SELECT 1
                     FROM temp.diff_object AS d
                     JOIN members AS m ON m.path_id = d.path_id
                     JOIN images AS i ON i.image_id = m.image_id
                    WHERE i.build IN (:base, :build) AND i.kind <> 'vmlinux');
