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
DROP TRIGGER notice_versions_no_update;
--> statement-breakpoint
DROP TRIGGER exposure_versions_no_update;
--> statement-breakpoint
ALTER TABLE `states` RENAME TO `key_values`;
--> statement-breakpoint
ALTER TABLE `handover_batches` RENAME TO `submission_batches`;
--> statement-breakpoint
ALTER TABLE `handovers` RENAME TO `submissions`;
--> statement-breakpoint
ALTER TABLE `notices` RENAME COLUMN "twin_key" TO "deduplication_key";
--> statement-breakpoint
DROP INDEX `notices_twin`;
--> statement-breakpoint
CREATE INDEX `notices_deduplication` ON `notices` (`deduplication_key`);
--> statement-breakpoint
ALTER TABLE "exposure_versions" RENAME COLUMN "policy" TO "sanitizer_version";
--> statement-breakpoint
ALTER TABLE "notice_versions" RENAME COLUMN "policy" TO "sanitizer_version";
--> statement-breakpoint
ALTER TABLE "redactions" RENAME COLUMN "policy" TO "sanitizer_version";
--> statement-breakpoint
ALTER TABLE "subscriptions" RENAME COLUMN "rhythm" TO "frequency";
--> statement-breakpoint
ALTER TABLE `exposure_versions` DROP CONSTRAINT exposure_versions_policy;
--> statement-breakpoint
ALTER TABLE `exposure_versions` ADD CONSTRAINT exposure_versions_sanitizer_version CHECK (sanitizer_version BETWEEN 0 AND 9007199254740991);
--> statement-breakpoint
ALTER TABLE `key_values` DROP CONSTRAINT states_updated_at;
--> statement-breakpoint
ALTER TABLE `key_values` ADD CONSTRAINT key_values_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ',updated_at)IS updated_at);
--> statement-breakpoint
ALTER TABLE `notice_versions` DROP CONSTRAINT notice_versions_policy;
--> statement-breakpoint
ALTER TABLE `notice_versions` ADD CONSTRAINT notice_versions_sanitizer_version CHECK (sanitizer_version BETWEEN 0 AND 9007199254740991);
--> statement-breakpoint
ALTER TABLE `redactions` DROP CONSTRAINT redactions_policy;
--> statement-breakpoint
ALTER TABLE `redactions` ADD CONSTRAINT redactions_sanitizer_version CHECK (sanitizer_version BETWEEN 0 AND 9007199254740991);
--> statement-breakpoint
ALTER TABLE `submission_batches` DROP CONSTRAINT handover_batches_state;
--> statement-breakpoint
ALTER TABLE `submission_batches` DROP CONSTRAINT handover_batches_attempts;
--> statement-breakpoint
ALTER TABLE `submission_batches` DROP CONSTRAINT handover_batches_next_attempt_at;
--> statement-breakpoint
ALTER TABLE `submission_batches` DROP CONSTRAINT handover_batches_records;
--> statement-breakpoint
ALTER TABLE `submission_batches` DROP CONSTRAINT handover_batches_created_at;
--> statement-breakpoint
ALTER TABLE `submission_batches` DROP CONSTRAINT handover_batches_written_at;
--> statement-breakpoint
ALTER TABLE `submission_batches` ADD CONSTRAINT submission_batches_state CHECK (state IN('pending','written','failed'));
--> statement-breakpoint
ALTER TABLE `submission_batches` ADD CONSTRAINT submission_batches_attempts CHECK (attempts BETWEEN 0 AND 9007199254740991);
--> statement-breakpoint
ALTER TABLE `submission_batches` ADD CONSTRAINT submission_batches_next_attempt_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ',next_attempt_at)IS next_attempt_at);
--> statement-breakpoint
ALTER TABLE `submission_batches` ADD CONSTRAINT submission_batches_records CHECK (records BETWEEN 0 AND 9007199254740991);
--> statement-breakpoint
ALTER TABLE `submission_batches` ADD CONSTRAINT submission_batches_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ',created_at)IS created_at);
--> statement-breakpoint
ALTER TABLE `submission_batches` ADD CONSTRAINT submission_batches_written_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ',written_at)IS written_at);
--> statement-breakpoint
ALTER TABLE `submissions` DROP CONSTRAINT handovers_version;
--> statement-breakpoint
ALTER TABLE `submissions` ADD CONSTRAINT submissions_version CHECK (version BETWEEN 1 AND 9007199254740991);
--> statement-breakpoint
ALTER TABLE `subscriptions` DROP CONSTRAINT subscriptions_rhythm;
--> statement-breakpoint
ALTER TABLE `subscriptions` ADD CONSTRAINT subscriptions_frequency CHECK (frequency IN('instant','daily'));
--> statement-breakpoint
DROP INDEX `exposure_versions_policy`;
--> statement-breakpoint
DROP INDEX `handovers_batch`;
--> statement-breakpoint
DROP INDEX `notice_versions_policy`;
--> statement-breakpoint
CREATE INDEX exposure_versions_sanitizer ON exposure_versions(sanitizer_version,exposure_id,version);
--> statement-breakpoint
CREATE INDEX notice_versions_sanitizer ON notice_versions(sanitizer_version,notice_id,version);
--> statement-breakpoint
CREATE INDEX submissions_batch ON submissions(batch_id);
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
--> statement-breakpoint
CREATE TRIGGER notice_versions_no_update BEFORE UPDATE ON notice_versions
WHEN (old.notice_id, old.version, old.published_at, old.reason, old.raw_item_id, old.actor)
    IS NOT (new.notice_id, new.version, new.published_at, new.reason, new.raw_item_id, new.actor)
  OR (old.content, old.hash) IS NOT (new.content, new.hash) AND (old.content IS new.content OR old.hash IS new.hash OR NOT EXISTS (
    SELECT 1 FROM redactions r WHERE r.subject = 'notice' AND r.id = new.notice_id AND r.version = new.version
      AND r.sanitizer_version = new.sanitizer_version AND r.hash = new.hash))
BEGIN SELECT RAISE(ABORT, 'notice_versions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER exposure_versions_no_update BEFORE UPDATE ON exposure_versions
WHEN (old.exposure_id, old.version, old.recorded_at, old.reason, old.raw_item_id, old.actor)
    IS NOT (new.exposure_id, new.version, new.recorded_at, new.reason, new.raw_item_id, new.actor)
  OR (old.content, old.hash) IS NOT (new.content, new.hash) AND (old.content IS new.content OR old.hash IS new.hash OR NOT EXISTS (
    SELECT 1 FROM redactions r WHERE r.subject = 'exposure' AND r.id = new.exposure_id AND r.version = new.version
      AND r.sanitizer_version = new.sanitizer_version AND r.hash = new.hash))
BEGIN SELECT RAISE(ABORT, 'exposure_versions is append-only'); END;
--> statement-breakpoint
UPDATE key_values SET key = 'submission.cursor' WHERE key = 'handover.cursor';
