CREATE TABLE `attachment_copies` (
	`notice_id` text NOT NULL,
	`url` text NOT NULL,
	`state` text NOT NULL,
	`sha256` text,
	`reason` text DEFAULT '' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_at` text,
	`fetched_at` text,
	PRIMARY KEY(`notice_id`, `url`),
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`sha256`) REFERENCES `files`(`sha256`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "attachment_copies_state" CHECK(state = 'waiting' OR state = 'kept' OR state = 'refused' OR state = 'failed'),
	CONSTRAINT "attachment_copies_attempts" CHECK(attempts BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "attachment_copies_next_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', next_at) IS next_at),
	CONSTRAINT "attachment_copies_fetched_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', fetched_at) IS fetched_at),
	CONSTRAINT "attachment_copies_kept" CHECK((state = 'kept') = (sha256 IS NOT NULL)),
	CONSTRAINT "attachment_copies_waiting" CHECK((state = 'waiting') = (next_at IS NOT NULL)),
	CONSTRAINT "attachment_copies_fetched" CHECK(state <> 'kept' OR fetched_at IS NOT NULL)
) STRICT;
--> statement-breakpoint
CREATE INDEX `attachment_copies_due` ON `attachment_copies` (`state`,`next_at`);
--> statement-breakpoint
CREATE INDEX `attachment_copies_file` ON `attachment_copies` (`sha256`);
--> statement-breakpoint
CREATE TABLE `draft_justifications` (
	`id` integer PRIMARY KEY NOT NULL,
	`draft_id` text NOT NULL,
	`find` text NOT NULL,
	`reason` text NOT NULL,
	`account_id` text NOT NULL,
	`at` text NOT NULL,
	FOREIGN KEY (`draft_id`) REFERENCES `drafts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`account_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "draft_justifications_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `draft_justifications_find` ON `draft_justifications` (`draft_id`,`find`);
--> statement-breakpoint
CREATE TABLE `files` (
	`sha256` text PRIMARY KEY NOT NULL,
	`size` integer NOT NULL,
	`type` text NOT NULL,
	`scan` text NOT NULL,
	`scan_detail` text NOT NULL,
	`findings` text NOT NULL,
	`text` text NOT NULL,
	`stored_at` text NOT NULL,
	CONSTRAINT "files_size" CHECK(size BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "files_type" CHECK(type = 'pdf' OR type = 'docx' OR type = 'xlsx' OR type = 'pptx' OR type = 'ofd' OR type = 'doc' OR type = 'xls' OR type = 'ppt' OR type = 'jpg' OR type = 'png' OR type = 'txt' OR type = 'zip'),
	CONSTRAINT "files_scan" CHECK(scan = 'clean' OR scan = 'infected' OR scan = 'unscanned' OR scan = 'error'),
	CONSTRAINT "files_findings" CHECK(json_valid(findings) AND json_type(findings) = 'array'),
	CONSTRAINT "files_stored_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', stored_at) IS stored_at),
	CONSTRAINT "files_sha256" CHECK(length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*')
) STRICT;
--> statement-breakpoint
CREATE TABLE `uploads` (
	`id` text PRIMARY KEY NOT NULL,
	`draft_id` text NOT NULL,
	`name` text NOT NULL,
	`state` text NOT NULL,
	`sha256` text,
	`reason` text DEFAULT '' NOT NULL,
	`cleaned_from` text,
	`changes` text,
	`account_id` text NOT NULL,
	`started_at` text NOT NULL,
	`finished_at` text,
	FOREIGN KEY (`draft_id`) REFERENCES `drafts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`sha256`) REFERENCES `files`(`sha256`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`cleaned_from`) REFERENCES `files`(`sha256`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`account_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "uploads_state" CHECK(state = 'receiving' OR state = 'kept' OR state = 'refused'),
	CONSTRAINT "uploads_changes" CHECK(changes = 'accept' OR changes = 'refuse'),
	CONSTRAINT "uploads_started_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', started_at) IS started_at),
	CONSTRAINT "uploads_finished_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', finished_at) IS finished_at),
	CONSTRAINT "uploads_kept" CHECK((state = 'kept') = (sha256 IS NOT NULL)),
	CONSTRAINT "uploads_finished" CHECK((state = 'receiving') = (finished_at IS NULL)),
	CONSTRAINT "uploads_cleaned" CHECK((cleaned_from IS NULL) = (changes IS NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `uploads_draft` ON `uploads` (`draft_id`,`started_at`);
--> statement-breakpoint
CREATE INDEX `uploads_file` ON `uploads` (`sha256`);
--> statement-breakpoint
CREATE TABLE `__new_sources` (
	`key` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`county` text NOT NULL,
	`adapter` text NOT NULL,
	`settings` text NOT NULL,
	`schedule` text NOT NULL,
	`enabled` integer DEFAULT true NOT NULL,
	`release` text DEFAULT 'automatic' NOT NULL,
	`minimum_items` integer DEFAULT 1 NOT NULL,
	`homepage` text,
	`keeps_files` integer DEFAULT true NOT NULL,
	`validators` text DEFAULT '{}' NOT NULL,
	`last_attempt_at` text,
	`last_success_at` text,
	`last_published_at` text,
	`last_item_count` integer,
	`consecutive_failures` integer DEFAULT 0 NOT NULL,
	`last_error` text,
	`held_reason` text,
	`origin` text DEFAULT 'configuration' NOT NULL,
	`speaks_for_itself` integer DEFAULT false NOT NULL,
	`paused_at` text,
	`pause_reason` text,
	CONSTRAINT "sources_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "sources_settings" CHECK(json_valid(settings) AND json_type(settings) = 'object'),
	CONSTRAINT "sources_enabled" CHECK(enabled IN (0, 1)),
	CONSTRAINT "sources_release" CHECK(release = 'automatic' OR release = 'review'),
	CONSTRAINT "sources_minimum_items" CHECK(minimum_items BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "sources_keeps_files" CHECK(keeps_files IN (0, 1)),
	CONSTRAINT "sources_validators" CHECK(json_valid(validators) AND json_type(validators) = 'object'),
	CONSTRAINT "sources_last_attempt_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', last_attempt_at) IS last_attempt_at),
	CONSTRAINT "sources_last_success_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', last_success_at) IS last_success_at),
	CONSTRAINT "sources_last_published_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', last_published_at) IS last_published_at),
	CONSTRAINT "sources_last_item_count" CHECK(last_item_count BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "sources_consecutive_failures" CHECK(consecutive_failures BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "sources_origin" CHECK(origin = 'configuration' OR origin = 'console'),
	CONSTRAINT "sources_speaks_for_itself" CHECK(speaks_for_itself IN (0, 1)),
	CONSTRAINT "sources_paused_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', paused_at) IS paused_at)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_sources` (`key`, `name`, `county`, `adapter`, `settings`, `schedule`, `enabled`, `release`, `minimum_items`, `homepage`, `validators`, `last_attempt_at`, `last_success_at`, `last_published_at`, `last_item_count`, `consecutive_failures`, `last_error`, `held_reason`, `origin`, `speaks_for_itself`, `paused_at`, `pause_reason`) SELECT `key`, `name`, `county`, `adapter`, `settings`, `schedule`, `enabled`, `release`, `minimum_items`, `homepage`, `validators`, `last_attempt_at`, `last_success_at`, `last_published_at`, `last_item_count`, `consecutive_failures`, `last_error`, `held_reason`, `origin`, `speaks_for_itself`, `paused_at`, `pause_reason` FROM `sources`;
--> statement-breakpoint
DROP TABLE `sources`;
--> statement-breakpoint
ALTER TABLE `__new_sources` RENAME TO `sources`;
--> statement-breakpoint
CREATE TRIGGER draft_justifications_no_update BEFORE UPDATE ON draft_justifications
BEGIN SELECT RAISE(ABORT, 'draft_justifications is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER draft_justifications_no_delete BEFORE DELETE ON draft_justifications
BEGIN SELECT RAISE(ABORT, 'draft_justifications is append-only'); END;
