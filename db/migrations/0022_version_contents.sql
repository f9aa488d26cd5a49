DROP TRIGGER notice_versions_no_update;
--> statement-breakpoint
DROP TRIGGER exposure_versions_no_update;
--> statement-breakpoint
DROP TRIGGER redactions_no_update;
--> statement-breakpoint
DROP TRIGGER redactions_no_delete;
--> statement-breakpoint
CREATE TABLE `exposure_contents` (
	`exposure_id` text NOT NULL,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`hash` text NOT NULL,
	`salt` text NOT NULL,
	`policy` integer NOT NULL,
	PRIMARY KEY(`exposure_id`, `version`),
	FOREIGN KEY (`exposure_id`,`version`) REFERENCES `exposure_revisions`(`exposure_id`,`version`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "exposure_contents_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "exposure_contents_content" CHECK(json_valid(content)),
	CONSTRAINT "exposure_contents_policy" CHECK(policy BETWEEN 0 AND 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE INDEX `exposure_contents_policy` ON `exposure_contents` (`policy`,`exposure_id`,`version`);
--> statement-breakpoint
CREATE TABLE `exposure_revisions` (
	`exposure_id` text NOT NULL,
	`version` integer NOT NULL,
	`seal` text NOT NULL,
	`recorded_at` text NOT NULL,
	`reason` text NOT NULL,
	`raw_item_id` integer,
	PRIMARY KEY(`exposure_id`, `version`),
	FOREIGN KEY (`exposure_id`) REFERENCES `exposures`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`raw_item_id`) REFERENCES `raw_items`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "exposure_revisions_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "exposure_revisions_recorded_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', recorded_at) IS recorded_at),
	CONSTRAINT "exposure_revisions_reason" CHECK(reason IN ('created', 'changed'))
) STRICT;
--> statement-breakpoint
CREATE TABLE `notice_contents` (
	`notice_id` text NOT NULL,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`hash` text NOT NULL,
	`salt` text NOT NULL,
	`policy` integer NOT NULL,
	PRIMARY KEY(`notice_id`, `version`),
	FOREIGN KEY (`notice_id`,`version`) REFERENCES `notice_revisions`(`notice_id`,`version`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "notice_contents_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "notice_contents_content" CHECK(json_valid(content)),
	CONSTRAINT "notice_contents_policy" CHECK(policy BETWEEN 0 AND 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE INDEX `notice_contents_policy` ON `notice_contents` (`policy`,`notice_id`,`version`);
--> statement-breakpoint
CREATE TABLE `notice_revisions` (
	`notice_id` text NOT NULL,
	`version` integer NOT NULL,
	`content_version` integer NOT NULL,
	`seal` text,
	`published_at` text NOT NULL,
	`reason` text NOT NULL,
	`raw_item_id` integer,
	PRIMARY KEY(`notice_id`, `version`),
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`raw_item_id`) REFERENCES `raw_items`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "notice_revisions_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "notice_revisions_content_version" CHECK(content_version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "notice_revisions_published_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', published_at) IS published_at),
	CONSTRAINT "notice_revisions_reason" CHECK(reason IN ('created', 'changed', 'withdrawn', 'restored')),
	CONSTRAINT "notice_revisions_content" CHECK(content_version = version OR reason = 'withdrawn' AND content_version < version),
	CONSTRAINT "notice_revisions_sealed" CHECK((seal IS NOT NULL) = (content_version = version))
) STRICT;
--> statement-breakpoint
CREATE TABLE `__new_redactions` (
	`subject` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`kind` text DEFAULT 'masked' NOT NULL,
	`policy` integer NOT NULL,
	`hash` text,
	`seal` text,
	`masked` integer NOT NULL,
	`change` integer NOT NULL,
	`actor` text DEFAULT 'worker' NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`subject`, `id`, `version`, `policy`, `kind`),
	CONSTRAINT "redactions_subject" CHECK(subject IN ('notice', 'exposure')),
	CONSTRAINT "redactions_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "redactions_kind" CHECK(kind IN ('masked', 'removed')),
	CONSTRAINT "redactions_policy" CHECK(policy BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "redactions_masked" CHECK(masked BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "redactions_change" CHECK(change BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "redactions_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at),
	CONSTRAINT "redactions_removed" CHECK((kind = 'removed') = (hash IS NULL))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_redactions` (`subject`, `id`, `version`, `policy`, `hash`, `masked`, `change`, `at`) SELECT `subject`, `id`, `version`, `policy`, `hash`, `masked`, `change`, `at` FROM `redactions`;
--> statement-breakpoint
DROP TABLE `redactions`;
--> statement-breakpoint
ALTER TABLE `__new_redactions` RENAME TO `redactions`;
--> statement-breakpoint
CREATE INDEX redactions_change ON redactions(change);
--> statement-breakpoint
CREATE TRIGGER notice_versions_no_update BEFORE UPDATE ON notice_versions
WHEN (old.notice_id, old.version, old.published_at, old.reason, old.raw_item_id)
    IS NOT (new.notice_id, new.version, new.published_at, new.reason, new.raw_item_id)
  OR (old.content, old.hash) IS NOT (new.content, new.hash) AND (old.content IS new.content OR old.hash IS new.hash OR NOT EXISTS (
    SELECT 1 FROM redactions r WHERE r.subject = 'notice' AND r.id = new.notice_id AND r.version = new.version
      AND r.policy = new.policy AND r.hash = new.hash))
BEGIN SELECT RAISE(ABORT, 'notice_versions is append-only'); END;
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
--> statement-breakpoint
-- Contents move out of the versions, each with a salt of its own. Until the next migration both hold them.
INSERT INTO `notice_contents` (`notice_id`, `version`, `content`, `hash`, `salt`, `policy`)
SELECT `notice_id`, `version`, `content`, `hash`, lower(hex(randomblob(16))), `policy` FROM `notice_versions`;
--> statement-breakpoint
INSERT INTO `notice_revisions` (`notice_id`, `version`, `content_version`, `seal`, `published_at`, `reason`, `raw_item_id`)
SELECT v.`notice_id`, v.`version`, v.`version`, sha256(c.`salt` || c.`content`), v.`published_at`, v.`reason`, v.`raw_item_id`
FROM `notice_versions` v JOIN `notice_contents` c ON c.`notice_id` = v.`notice_id` AND c.`version` = v.`version`;
--> statement-breakpoint
INSERT INTO `exposure_contents` (`exposure_id`, `version`, `content`, `hash`, `salt`, `policy`)
SELECT `exposure_id`, `version`, `content`, `hash`, lower(hex(randomblob(16))), `policy` FROM `exposure_versions`;
--> statement-breakpoint
INSERT INTO `exposure_revisions` (`exposure_id`, `version`, `seal`, `recorded_at`, `reason`, `raw_item_id`)
SELECT v.`exposure_id`, v.`version`, sha256(c.`salt` || c.`content`), v.`recorded_at`, v.`reason`, v.`raw_item_id`
FROM `exposure_versions` v JOIN `exposure_contents` c ON c.`exposure_id` = v.`exposure_id` AND c.`version` = v.`version`;
