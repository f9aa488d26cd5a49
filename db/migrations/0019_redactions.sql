CREATE TABLE `redactions` (
	`subject` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`policy` integer NOT NULL,
	`hash` text NOT NULL,
	`masked` integer NOT NULL,
	`change` integer NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`subject`, `id`, `version`, `policy`)
);
--> statement-breakpoint
CREATE INDEX `redactions_change` ON `redactions` (`change`);--> statement-breakpoint
ALTER TABLE `exposure_versions` ADD `policy` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `exposure_versions_policy` ON `exposure_versions` (`policy`,`exposure_id`,`version`);--> statement-breakpoint
CREATE INDEX `notice_versions_policy` ON `notice_versions` (`policy`,`notice_id`,`version`);
--> statement-breakpoint
-- A version is replaced only by what was written down before as its redaction; its policy alone may be raised without.
DROP TRIGGER notice_versions_no_update;
--> statement-breakpoint
CREATE TRIGGER notice_versions_no_update BEFORE UPDATE ON notice_versions
WHEN (old.notice_id, old.version, old.published_at, old.reason, old.raw_item_id)
    IS NOT (new.notice_id, new.version, new.published_at, new.reason, new.raw_item_id)
  OR (old.content, old.hash) IS NOT (new.content, new.hash) AND (old.content IS new.content OR old.hash IS new.hash OR NOT EXISTS (
    SELECT 1 FROM redactions r WHERE r.subject = 'notice' AND r.id = new.notice_id AND r.version = new.version
      AND r.policy = new.policy AND r.hash = new.hash))
BEGIN SELECT RAISE(ABORT, 'notice_versions is append-only'); END;
--> statement-breakpoint
DROP TRIGGER exposure_versions_no_update;
--> statement-breakpoint
CREATE TRIGGER exposure_versions_no_update BEFORE UPDATE ON exposure_versions
WHEN (old.exposure_id, old.version, old.recorded_at, old.reason, old.raw_item_id)
    IS NOT (new.exposure_id, new.version, new.recorded_at, new.reason, new.raw_item_id)
  OR (old.content, old.hash) IS NOT (new.content, new.hash) AND (old.content IS new.content OR old.hash IS new.hash OR NOT EXISTS (
    SELECT 1 FROM redactions r WHERE r.subject = 'exposure' AND r.id = new.exposure_id AND r.version = new.version
      AND r.policy = new.policy AND r.hash = new.hash))
BEGIN SELECT RAISE(ABORT, 'exposure_versions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER redactions_no_update BEFORE UPDATE ON redactions
BEGIN SELECT RAISE(ABORT, 'redactions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER redactions_no_delete BEFORE DELETE ON redactions
BEGIN SELECT RAISE(ABORT, 'redactions is append-only'); END;
