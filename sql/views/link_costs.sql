-- view: link_costs
-- title: What belongs to no object: what the link adds to the objects of an image and takes from them.
-- text: With the objects these rows make up the image as binutils size sees it.
--   Negative where the link takes bytes away.
-- column: build id       the build
-- column: image_id id    the image (view images)
-- column: image text     its name
-- column: what text      kallsyms, BTF, linktime (other objects of the final link), discards, merged, common, fill, script, linker or unexplained (view link_lines)
-- column: subject text   the output section or object it is about, or ''
-- column: bytes bytes    as they enter the sum
CREATE VIEW link_costs AS
SELECT build,
       image_id,
       image,
       CASE WHEN line <> 'linktime' THEN line
            WHEN subject LIKE '%kallsyms%' THEN 'kallsyms'
            WHEN subject LIKE '%btf%' THEN 'BTF'
            ELSE line END AS what,
       subject,
       bytes
  FROM link_lines
 WHERE line NOT IN ('objects', 'image', 'span', 'init') AND bytes <> 0;
