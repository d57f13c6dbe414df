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

-- What may be counted wrong is said in caveats; what an unchanged object was
-- measured to be is cached; how a trace found its build is a choice; and the
-- counts of a trace say what they count.
ALTER TABLE remark RENAME TO caveat;
ALTER TABLE kept_record RENAME TO cached_record;
ALTER TABLE image RENAME COLUMN agreed TO matched;
ALTER TABLE trace RENAME COLUMN chosen TO build_choice;
ALTER TABLE trace RENAME COLUMN others TO other_events;
ALTER TABLE trace RENAME COLUMN noise TO other_lines;
ALTER TABLE trace RENAME COLUMN joined TO wrapped_lines;
ALTER TABLE trace RENAME COLUMN doubled TO duplicate_events;
ALTER TABLE trace RENAME COLUMN stacks TO stack_blocks;
ALTER TABLE trace RENAME COLUMN remark TO caveat;
ALTER TABLE trace RENAME COLUMN agreed TO matched;
