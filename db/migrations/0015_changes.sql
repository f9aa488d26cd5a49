CREATE TABLE `exposure_changes` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`exposure_id` text NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `exposure_changes_exposure` ON `exposure_changes` (`exposure_id`);--> statement-breakpoint
CREATE TABLE `library_changes` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`block` text NOT NULL,
	`entry_id` text NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `library_changes_entry` ON `library_changes` (`entry_id`);--> statement-breakpoint
ALTER TABLE `exposures` ADD `ended_at` text;--> statement-breakpoint
ALTER TABLE `achievements` ADD `mirror` text;--> statement-breakpoint
ALTER TABLE `honours` ADD `mirror` text;--> statement-breakpoint
ALTER TABLE `qualifications` ADD `mirror` text;--> statement-breakpoint
ALTER TABLE `staff_certificates` ADD `mirror` text;--> statement-breakpoint
CREATE INDEX `exposure_events_at` ON `exposure_events` (`at`);
--> statement-breakpoint
-- The entries of the exposure board, each at its last change, in the order of the commits. Whether an entry is public when its
-- change is read is judged by whoever reads it.
CREATE TRIGGER exposure_changes_insert AFTER INSERT ON exposures
BEGIN
  DELETE FROM exposure_changes WHERE exposure_id = new.id;
  INSERT INTO exposure_changes (exposure_id, created_at) VALUES (new.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER exposure_changes_update AFTER UPDATE ON exposures
WHEN (old.version, old.source_key, old.public_from, old.public_until, old.withheld, old.gone_at IS NULL)
  IS NOT (new.version, new.source_key, new.public_from, new.public_until, new.withheld, new.gone_at IS NULL)
BEGIN
  DELETE FROM exposure_changes WHERE exposure_id = new.id;
  INSERT INTO exposure_changes (exposure_id, created_at) VALUES (new.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER exposure_changes_delete AFTER DELETE ON exposures
BEGIN
  DELETE FROM exposure_changes WHERE exposure_id = old.id;
  INSERT INTO exposure_changes (exposure_id, created_at) VALUES (old.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
-- What has happened to an entry is written before the row of a new one, which then tells of it.
CREATE TRIGGER exposure_changes_event AFTER INSERT ON exposure_events WHEN EXISTS (SELECT 1 FROM exposures WHERE id = new.exposure_id)
BEGIN
  DELETE FROM exposure_changes WHERE exposure_id = new.exposure_id;
  INSERT INTO exposure_changes (exposure_id, created_at) VALUES (new.exposure_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
INSERT INTO exposure_changes (exposure_id, created_at) SELECT id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM exposures ORDER BY id;
--> statement-breakpoint
-- Dates that have passed until here need no change of their own.
INSERT INTO states (key, value, updated_at) VALUES ('exposures.swept', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
--> statement-breakpoint
CREATE TRIGGER qualifications_changes_insert AFTER INSERT ON qualifications
BEGIN
  DELETE FROM library_changes WHERE entry_id = new.id;
  INSERT INTO library_changes (block, entry_id, created_at) VALUES ('qualifications', new.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER qualifications_changes_update AFTER UPDATE ON qualifications
WHEN (old.organization_id, old.source, old.source_url, old.valid_from, old.valid_until, old.checked_at, old.name, old.grade, old.certificate_no, old.issuer)
  IS NOT (new.organization_id, new.source, new.source_url, new.valid_from, new.valid_until, new.checked_at, new.name, new.grade, new.certificate_no, new.issuer)
BEGIN
  DELETE FROM library_changes WHERE entry_id = new.id;
  INSERT INTO library_changes (block, entry_id, created_at) VALUES ('qualifications', new.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER qualifications_changes_delete AFTER DELETE ON qualifications
BEGIN
  DELETE FROM library_changes WHERE entry_id = old.id;
  INSERT INTO library_changes (block, entry_id, created_at) VALUES ('qualifications', old.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
INSERT INTO library_changes (block, entry_id, created_at) SELECT 'qualifications', id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM qualifications ORDER BY id;
--> statement-breakpoint
CREATE TRIGGER achievements_changes_insert AFTER INSERT ON achievements
BEGIN
  DELETE FROM library_changes WHERE entry_id = new.id;
  INSERT INTO library_changes (block, entry_id, created_at) VALUES ('achievements', new.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER achievements_changes_update AFTER UPDATE ON achievements
WHEN (old.organization_id, old.source, old.source_url, old.valid_from, old.valid_until, old.checked_at, old.name, old.owner, old.amount_fen, old.finished_on)
  IS NOT (new.organization_id, new.source, new.source_url, new.valid_from, new.valid_until, new.checked_at, new.name, new.owner, new.amount_fen, new.finished_on)
BEGIN
  DELETE FROM library_changes WHERE entry_id = new.id;
  INSERT INTO library_changes (block, entry_id, created_at) VALUES ('achievements', new.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER achievements_changes_delete AFTER DELETE ON achievements
BEGIN
  DELETE FROM library_changes WHERE entry_id = old.id;
  INSERT INTO library_changes (block, entry_id, created_at) VALUES ('achievements', old.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
INSERT INTO library_changes (block, entry_id, created_at) SELECT 'achievements', id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM achievements ORDER BY id;
--> statement-breakpoint
CREATE TRIGGER honours_changes_insert AFTER INSERT ON honours
BEGIN
  DELETE FROM library_changes WHERE entry_id = new.id;
  INSERT INTO library_changes (block, entry_id, created_at) VALUES ('honours', new.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER honours_changes_update AFTER UPDATE ON honours
WHEN (old.organization_id, old.source, old.source_url, old.valid_from, old.valid_until, old.checked_at, old.name, old.grade, old.issuer)
  IS NOT (new.organization_id, new.source, new.source_url, new.valid_from, new.valid_until, new.checked_at, new.name, new.grade, new.issuer)
BEGIN
  DELETE FROM library_changes WHERE entry_id = new.id;
  INSERT INTO library_changes (block, entry_id, created_at) VALUES ('honours', new.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER honours_changes_delete AFTER DELETE ON honours
BEGIN
  DELETE FROM library_changes WHERE entry_id = old.id;
  INSERT INTO library_changes (block, entry_id, created_at) VALUES ('honours', old.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
INSERT INTO library_changes (block, entry_id, created_at) SELECT 'honours', id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM honours ORDER BY id;
--> statement-breakpoint
CREATE TRIGGER staff_certificates_changes_insert AFTER INSERT ON staff_certificates
BEGIN
  DELETE FROM library_changes WHERE entry_id = new.id;
  INSERT INTO library_changes (block, entry_id, created_at) VALUES ('staff_certificates', new.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER staff_certificates_changes_update AFTER UPDATE ON staff_certificates
WHEN (old.organization_id, old.source, old.source_url, old.valid_from, old.valid_until, old.checked_at, old.surname, old.kind, old.specialty, old.grade)
  IS NOT (new.organization_id, new.source, new.source_url, new.valid_from, new.valid_until, new.checked_at, new.surname, new.kind, new.specialty, new.grade)
BEGIN
  DELETE FROM library_changes WHERE entry_id = new.id;
  INSERT INTO library_changes (block, entry_id, created_at) VALUES ('staff_certificates', new.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER staff_certificates_changes_delete AFTER DELETE ON staff_certificates
BEGIN
  DELETE FROM library_changes WHERE entry_id = old.id;
  INSERT INTO library_changes (block, entry_id, created_at) VALUES ('staff_certificates', old.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
INSERT INTO library_changes (block, entry_id, created_at) SELECT 'staff_certificates', id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM staff_certificates ORDER BY id;
--> statement-breakpoint
-- An organization that turned out to be another one, or not to be, takes its entries along, and those of the ones merged into it.
CREATE TRIGGER library_changes_merge AFTER UPDATE OF merged_into ON organizations WHEN old.merged_into IS NOT new.merged_into
BEGIN
  INSERT INTO library_changes (block, entry_id, created_at)
  SELECT block, id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM (
    SELECT 'qualifications' AS block, id, organization_id FROM qualifications
    UNION ALL SELECT 'achievements' AS block, id, organization_id FROM achievements
    UNION ALL SELECT 'honours' AS block, id, organization_id FROM honours
    UNION ALL SELECT 'staff_certificates' AS block, id, organization_id FROM staff_certificates)
  WHERE organization_id IN (
    WITH RECURSIVE member (id) AS (SELECT new.id UNION SELECT o.id FROM member m JOIN organizations o ON o.merged_into = m.id)
    SELECT id FROM member);
END;
