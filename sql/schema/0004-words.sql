-- Version 4: the field's words for tables and columns.  Nothing but names
-- changes: where a section was placed and how long it stays (section
-- placements, lifetime), what an image has as members (member lists), the
-- image as it was linked, and by how much KASLR moved the running kernel.

ALTER TABLE fate RENAME TO placement_set;
ALTER TABLE fate_section RENAME TO section_placement;
ALTER TABLE section_placement RENAME COLUMN fate TO placement_set;
ALTER TABLE section_placement RENAME COLUMN life TO lifetime;
ALTER TABLE object RENAME COLUMN fate TO placement_set;
ALTER TABLE stamp RENAME COLUMN fate TO placement_set;

ALTER TABLE roster RENAME TO member_list;
ALTER TABLE roster_member RENAME TO member_list_entry;
ALTER TABLE member_list_entry RENAME COLUMN roster TO member_list;
ALTER TABLE image RENAME COLUMN roster TO member_list;

ALTER TABLE linked RENAME TO linked_image;
ALTER TABLE linked_section RENAME TO linked_image_section;
ALTER TABLE linked_image_section RENAME COLUMN linked TO linked_image;
ALTER TABLE image RENAME COLUMN linked TO linked_image;

ALTER TABLE trace RENAME COLUMN slide TO kaslr_offset;
ALTER TABLE allocation RENAME COLUMN life_ns TO lifetime_ns;
