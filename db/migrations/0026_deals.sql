DROP VIEW published_notices;
--> statement-breakpoint
DROP TRIGGER notice_counts_insert;
--> statement-breakpoint
DROP TRIGGER notice_counts_delete;
--> statement-breakpoint
DROP TRIGGER notice_counts_update;
--> statement-breakpoint
DROP TRIGGER organizations_insert;
--> statement-breakpoint
DROP TRIGGER organization_activity_insert;
--> statement-breakpoint
DROP TRIGGER organization_activity_delete;
--> statement-breakpoint
DROP TRIGGER organization_activity_update;
--> statement-breakpoint
CREATE TABLE `deals` (
	`project_id` text PRIMARY KEY NOT NULL,
	`state` text,
	`rules` integer NOT NULL,
	`course` text NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "deals_state" CHECK(state IN ('planned', 'open', 'closed', 'suspended', 'publicity', 'awarded', 'contracted', 'performed', 'failed', 'terminated')),
	CONSTRAINT "deals_rules" CHECK(rules BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "deals_course" CHECK(json_valid(course))
) STRICT;
--> statement-breakpoint
DROP INDEX `notices_deadline`;
--> statement-breakpoint
DROP INDEX `notices_withdrawn`;
--> statement-breakpoint
ALTER TABLE `notices` DROP CONSTRAINT notices_closes_at;
--> statement-breakpoint
ALTER TABLE `notices` DROP COLUMN `closes_at`;
--> statement-breakpoint
ALTER TABLE `notices` ADD `closes_at` text;
--> statement-breakpoint
ALTER TABLE `notices` ADD `superseded_by` text;
--> statement-breakpoint
ALTER TABLE `notices` ADD `superseded_how` text;
--> statement-breakpoint
-- Until its deal is derived, the deadline of every notice counts.
UPDATE `notices` SET `closes_at` = CASE `deadline_precision` WHEN 'day' THEN strftime('%Y-%m-%dT%H:%M:%fZ', `deadline_at`, '+1 day') ELSE `deadline_at` END WHERE `deadline_at` IS NOT NULL;
--> statement-breakpoint
ALTER TABLE `notices` ADD CONSTRAINT "notices_closes_at" CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', closes_at) IS closes_at);
--> statement-breakpoint
ALTER TABLE `notices` ADD CONSTRAINT "notices_superseded_how" CHECK (superseded_how IN ('deadline', 'round'));
--> statement-breakpoint
ALTER TABLE `notices` ADD CONSTRAINT "notices_superseded" CHECK ((superseded_by IS NULL) = (superseded_how IS NULL));
--> statement-breakpoint
CREATE INDEX notices_deadline ON notices(closes_at,id,category,stage,county,is_public)WHERE is_public = 1 AND closes_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `notices_void_deadline` ON `notices` (`deadline_at`) WHERE deadline_at IS NOT NULL AND closes_at IS NULL AND canonical_id IS NULL;
--> statement-breakpoint
CREATE VIEW published_notices AS SELECT * FROM notices WHERE is_public = 1;
--> statement-breakpoint
CREATE TRIGGER notice_counts_insert AFTER INSERT ON notices WHEN new.is_public = 1
BEGIN
  INSERT INTO notice_counts (category, stage, county, year, total)
  SELECT new.category, new.stage, new.county, CAST(strftime('%Y', new.published_at, '+8 hours') AS INTEGER), 1
  WHERE new.is_public = 1
  ON CONFLICT DO UPDATE SET total = total + 1;
END;
--> statement-breakpoint
CREATE TRIGGER notice_counts_delete AFTER DELETE ON notices WHEN old.is_public = 1
BEGIN
  UPDATE notice_counts SET total = total - 1
  WHERE old.is_public = 1 AND category = old.category AND stage = old.stage
    AND county = old.county AND year = CAST(strftime('%Y', old.published_at, '+8 hours') AS INTEGER);
END;
--> statement-breakpoint
CREATE TRIGGER notice_counts_update AFTER UPDATE OF category, stage, county, published_at, withdrawn_at, canonical_id ON notices
WHEN old.is_public <> new.is_public OR old.category <> new.category OR old.stage <> new.stage
  OR old.county <> new.county OR old.published_at <> new.published_at
BEGIN
  UPDATE notice_counts SET total = total - 1
  WHERE old.is_public = 1 AND category = old.category AND stage = old.stage
    AND county = old.county AND year = CAST(strftime('%Y', old.published_at, '+8 hours') AS INTEGER);
  INSERT INTO notice_counts (category, stage, county, year, total)
  SELECT new.category, new.stage, new.county, CAST(strftime('%Y', new.published_at, '+8 hours') AS INTEGER), 1
  WHERE new.is_public = 1
  ON CONFLICT DO UPDATE SET total = total + 1;
END;
--> statement-breakpoint
CREATE TRIGGER organizations_insert AFTER INSERT ON organizations
BEGIN
  INSERT INTO organization_activity (organization_id, role, county, notices) VALUES (new.id, '', '', 0) ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER organization_activity_insert AFTER INSERT ON notice_parties WHEN new.organization_id IS NOT NULL
BEGIN
  INSERT INTO organization_activity (organization_id, role, county, notices)
  SELECT new.organization_id, r.role, c.county, 1
  FROM (SELECT new.role AS role UNION ALL SELECT '') r, (SELECT new.county AS county UNION ALL SELECT '') c
  WHERE new.organization_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM notice_parties p WHERE p.notice_id = new.notice_id AND p.organization_id = new.organization_id
    AND (r.role = '' OR p.role = r.role) AND NOT (p.role = new.role AND p.name = new.name))
  ON CONFLICT DO UPDATE SET notices = notices + 1;
END;
--> statement-breakpoint
CREATE TRIGGER organization_activity_delete AFTER DELETE ON notice_parties WHEN old.organization_id IS NOT NULL
BEGIN
  UPDATE organization_activity SET notices = notices - 1
  WHERE organization_id = old.organization_id AND role IN (old.role, '')
    AND county IN (old.county, '') AND NOT EXISTS (
    SELECT 1 FROM notice_parties p WHERE p.notice_id = old.notice_id AND p.organization_id = old.organization_id
    AND (organization_activity.role = '' OR p.role = organization_activity.role));
END;
--> statement-breakpoint
CREATE TRIGGER organization_activity_update AFTER UPDATE OF organization_id ON notice_parties
WHEN old.organization_id IS NOT new.organization_id
BEGIN
  UPDATE organization_activity SET notices = notices - 1
  WHERE organization_id = old.organization_id AND role IN (old.role, '')
    AND county IN (old.county, '') AND NOT EXISTS (
    SELECT 1 FROM notice_parties p WHERE p.notice_id = old.notice_id AND p.organization_id = old.organization_id
    AND (organization_activity.role = '' OR p.role = organization_activity.role));
  INSERT INTO organization_activity (organization_id, role, county, notices)
  SELECT new.organization_id, r.role, c.county, 1
  FROM (SELECT new.role AS role UNION ALL SELECT '') r, (SELECT new.county AS county UNION ALL SELECT '') c
  WHERE new.organization_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM notice_parties p WHERE p.notice_id = new.notice_id AND p.organization_id = new.organization_id
    AND (r.role = '' OR p.role = r.role) AND NOT (p.role = new.role AND p.name = new.name))
  ON CONFLICT DO UPDATE SET notices = notices + 1;
END;
