-- view: configs
-- title: The .config of each build, whole.
-- column: build id       the build
-- column: config text    the file's text; NULL where the build had none
CREATE VIEW configs AS
SELECT b.id AS build, c.text AS config
  FROM build AS b
  LEFT JOIN config AS c ON c.id = b.config;
