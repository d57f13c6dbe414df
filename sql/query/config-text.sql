-- The .config of a build.
SELECT config FROM configs WHERE build = ?1;
