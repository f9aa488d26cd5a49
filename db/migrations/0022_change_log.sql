DROP TRIGGER exposure_changes_insert;
--> statement-breakpoint
DROP TRIGGER exposure_changes_update;
--> statement-breakpoint
DROP TRIGGER exposure_changes_delete;
--> statement-breakpoint
DROP TRIGGER exposure_changes_event;
--> statement-breakpoint
DROP TRIGGER qualifications_changes_insert;
--> statement-breakpoint
DROP TRIGGER qualifications_changes_update;
--> statement-breakpoint
DROP TRIGGER qualifications_changes_delete;
--> statement-breakpoint
DROP TRIGGER achievements_changes_insert;
--> statement-breakpoint
DROP TRIGGER achievements_changes_update;
--> statement-breakpoint
DROP TRIGGER achievements_changes_delete;
--> statement-breakpoint
DROP TRIGGER honours_changes_insert;
--> statement-breakpoint
DROP TRIGGER honours_changes_update;
--> statement-breakpoint
DROP TRIGGER honours_changes_delete;
--> statement-breakpoint
DROP TRIGGER staff_certificates_changes_insert;
--> statement-breakpoint
DROP TRIGGER staff_certificates_changes_update;
--> statement-breakpoint
DROP TRIGGER staff_certificates_changes_delete;
--> statement-breakpoint
DROP TRIGGER library_changes_merge;
--> statement-breakpoint
DROP TRIGGER notice_versions_no_update;
--> statement-breakpoint
DROP TRIGGER exposure_versions_no_update;
--> statement-breakpoint
CREATE TABLE `changes` (
	`subject` text NOT NULL,
	`seq` integer NOT NULL,
	`subject_id` text NOT NULL,
	`version` integer,
	`kind` text NOT NULL,
	`actor` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`subject`, `seq`),
	CONSTRAINT "changes_subject" CHECK(subject IN ('notice', 'exposure', 'library', 'organization')),
	CONSTRAINT "changes_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "changes_kind" CHECK(kind IN ('upsert', 'remove', 'date', 'merge', 'split', 'rename', 'undo')),
	CONSTRAINT "changes_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `changes_subject` ON `changes` (`subject`,`subject_id`,`seq`) WHERE subject <> 'notice';
--> statement-breakpoint
-- Each subject keeps the numbers that were given out for it: whoever follows goes on from where he was.
INSERT INTO changes (subject, seq, subject_id, version, kind, actor, at)
SELECT 'notice', seq, notice_id, version, substr(kind, 8), 'unknown', created_at FROM outbox ORDER BY seq;
--> statement-breakpoint
INSERT INTO changes (subject, seq, subject_id, version, kind, actor, at)
SELECT 'exposure', c.seq, c.exposure_id, e.version, 'upsert', 'unknown', c.created_at
FROM exposure_changes c LEFT JOIN exposures e ON e.id = c.exposure_id ORDER BY c.seq;
--> statement-breakpoint
INSERT INTO changes (subject, seq, subject_id, version, kind, actor, at)
SELECT 'library', seq, entry_id, NULL, CASE
    WHEN EXISTS (SELECT 1 FROM qualifications e WHERE e.id = entry_id) THEN 'upsert'
    WHEN EXISTS (SELECT 1 FROM achievements e WHERE e.id = entry_id) THEN 'upsert'
    WHEN EXISTS (SELECT 1 FROM honours e WHERE e.id = entry_id) THEN 'upsert'
    WHEN EXISTS (SELECT 1 FROM staff_certificates e WHERE e.id = entry_id) THEN 'upsert'
    ELSE 'remove' END, 'unknown', created_at
FROM library_changes ORDER BY seq;
--> statement-breakpoint
-- Numbers that were given out and have gone would be given out again: they count in an epoch of their own.
UPDATE states SET value = lower(hex(randomblob(8))) WHERE key = 'changes.epoch' AND EXISTS (
  SELECT 1 FROM sqlite_sequence s WHERE s.name IN ('outbox', 'exposure_changes', 'library_changes') AND s.seq > coalesce((
    SELECT max(seq) FROM changes WHERE subject = CASE s.name
      WHEN 'outbox' THEN 'notice' WHEN 'exposure_changes' THEN 'exposure' ELSE 'library' END), 0));
--> statement-breakpoint
UPDATE states SET value = coalesce((SELECT max(seq) FROM changes WHERE subject = 'notice'), 0)
WHERE key IN ('fts.cursor', 'index.cursor', 'notify.cursor', 'handover.cursor')
  AND CAST(value AS INTEGER) > coalesce((SELECT max(seq) FROM changes WHERE subject = 'notice'), 0);
--> statement-breakpoint
UPDATE organization_changes SET decided_by = 'command:organizations ' || decided_by, undone_by = 'command:organizations ' || undone_by;
--> statement-breakpoint
DROP TABLE `exposure_changes`;
--> statement-breakpoint
DROP TABLE `library_changes`;
--> statement-breakpoint
DROP TABLE `outbox`;
--> statement-breakpoint
ALTER TABLE `exposure_events` ADD `actor` text DEFAULT 'unknown' NOT NULL;
--> statement-breakpoint
ALTER TABLE `exposure_versions` ADD `actor` text DEFAULT 'unknown' NOT NULL;
--> statement-breakpoint
ALTER TABLE `notice_versions` ADD `actor` text DEFAULT 'unknown' NOT NULL;
--> statement-breakpoint
ALTER TABLE `achievements` ADD `actor` text DEFAULT 'unknown' NOT NULL;
--> statement-breakpoint
ALTER TABLE `honours` ADD `actor` text DEFAULT 'unknown' NOT NULL;
--> statement-breakpoint
ALTER TABLE `qualifications` ADD `actor` text DEFAULT 'unknown' NOT NULL;
--> statement-breakpoint
ALTER TABLE `staff_certificates` ADD `actor` text DEFAULT 'unknown' NOT NULL;
--> statement-breakpoint
ALTER TABLE `redactions` ADD `actor` text DEFAULT 'unknown' NOT NULL;
--> statement-breakpoint
CREATE TRIGGER changes_insert BEFORE INSERT ON changes WHEN new.seq <= (SELECT max(seq) FROM changes WHERE subject = new.subject)
BEGIN
  SELECT RAISE(ABORT, 'changes is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER notice_versions_no_update BEFORE UPDATE ON notice_versions
WHEN (old.notice_id, old.version, old.published_at, old.reason, old.raw_item_id, old.actor)
    IS NOT (new.notice_id, new.version, new.published_at, new.reason, new.raw_item_id, new.actor)
  OR (old.content, old.hash) IS NOT (new.content, new.hash) AND (old.content IS new.content OR old.hash IS new.hash OR NOT EXISTS (
    SELECT 1 FROM redactions r WHERE r.subject = 'notice' AND r.id = new.notice_id AND r.version = new.version
      AND r.policy = new.policy AND r.hash = new.hash))
BEGIN SELECT RAISE(ABORT, 'notice_versions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER exposure_versions_no_update BEFORE UPDATE ON exposure_versions
WHEN (old.exposure_id, old.version, old.recorded_at, old.reason, old.raw_item_id, old.actor)
    IS NOT (new.exposure_id, new.version, new.recorded_at, new.reason, new.raw_item_id, new.actor)
  OR (old.content, old.hash) IS NOT (new.content, new.hash) AND (old.content IS new.content OR old.hash IS new.hash OR NOT EXISTS (
    SELECT 1 FROM redactions r WHERE r.subject = 'exposure' AND r.id = new.exposure_id AND r.version = new.version
      AND r.policy = new.policy AND r.hash = new.hash))
BEGIN SELECT RAISE(ABORT, 'exposure_versions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER changes_no_update BEFORE UPDATE ON changes
BEGIN SELECT RAISE(ABORT, 'changes is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER changes_no_delete BEFORE DELETE ON changes
WHEN old.subject NOT IN ('exposure', 'library') OR NOT EXISTS (
    SELECT 1 FROM changes c WHERE c.subject = old.subject AND c.subject <> 'notice'
      AND c.subject_id = old.subject_id AND c.seq > old.seq)
BEGIN SELECT RAISE(ABORT, 'changes is append-only'); END;
