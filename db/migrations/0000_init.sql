CREATE TABLE `attachments` (
	`notice_id` text NOT NULL,
	`position` integer NOT NULL,
	`name` text NOT NULL,
	`url` text NOT NULL,
	`media_type` text,
	`size` integer,
	PRIMARY KEY(`notice_id`, `position`)
);
--> statement-breakpoint
CREATE TABLE `code_keys` (
	`key` text NOT NULL,
	`notice_id` text NOT NULL,
	`whole` integer NOT NULL,
	PRIMARY KEY(`key`, `notice_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `code_keys_notice` ON `code_keys` (`notice_id`);--> statement-breakpoint
CREATE TABLE `notice_counts` (
	`category` text NOT NULL,
	`stage` text NOT NULL,
	`county` text NOT NULL,
	`year` integer NOT NULL,
	`total` integer NOT NULL,
	PRIMARY KEY(`category`, `stage`, `county`, `year`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `notice_parties` (
	`notice_id` text NOT NULL,
	`role` text NOT NULL,
	`name` text NOT NULL,
	`published_at` text NOT NULL,
	PRIMARY KEY(`role`, `name`, `published_at`, `notice_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `notice_parties_notice` ON `notice_parties` (`notice_id`);--> statement-breakpoint
CREATE TABLE `notice_texts` (
	`notice_id` text PRIMARY KEY NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `notice_versions` (
	`notice_id` text NOT NULL,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`hash` text NOT NULL,
	`published_at` text NOT NULL,
	`reason` text NOT NULL,
	`raw_item_id` integer,
	`policy` integer NOT NULL,
	PRIMARY KEY(`notice_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `notices` (
	`id` text PRIMARY KEY NOT NULL,
	`source_key` text NOT NULL,
	`source_item_id` text NOT NULL,
	`version` integer NOT NULL,
	`title` text NOT NULL,
	`category` text NOT NULL,
	`stage` text NOT NULL,
	`county` text NOT NULL,
	`published_by` text NOT NULL,
	`project_id` text NOT NULL,
	`project_code` text,
	`lot_code` text,
	`buyer` text,
	`agency` text,
	`suppliers` text DEFAULT '[]' NOT NULL,
	`amount_fen` integer,
	`amount_kind` text,
	`deadline_at` text,
	`opening_at` text,
	`published_at` text NOT NULL,
	`published_precision` text NOT NULL,
	`facts` text DEFAULT '{}' NOT NULL,
	`source_url` text,
	`twin_key` text NOT NULL,
	`fingerprint` text NOT NULL,
	`first_seen_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`last_seen_at` text NOT NULL,
	`gone_at` text,
	`withdrawn_at` text,
	`canonical_id` text,
	`is_public` integer GENERATED ALWAYS AS ((withdrawn_at IS NULL AND canonical_id IS NULL)) STORED NOT NULL,
	FOREIGN KEY (`source_key`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `notices_source_item` ON `notices` (`source_key`,`source_item_id`);--> statement-breakpoint
CREATE INDEX `notices_source_seen` ON `notices` (`source_key`,`last_seen_at`);--> statement-breakpoint
CREATE INDEX `notices_twin` ON `notices` (`twin_key`);--> statement-breakpoint
CREATE INDEX `notices_fingerprint` ON `notices` (`fingerprint`);--> statement-breakpoint
CREATE INDEX `notices_canonical` ON `notices` (`canonical_id`) WHERE canonical_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `notices_project` ON `notices` (`project_id`,`published_at`);--> statement-breakpoint
CREATE INDEX `notices_published` ON `notices` (`published_at`,`id`) WHERE is_public = 1;--> statement-breakpoint
CREATE INDEX `notices_category` ON `notices` (`category`,`published_at`,`id`) WHERE is_public = 1;--> statement-breakpoint
CREATE INDEX `notices_category_stage` ON `notices` (`category`,`stage`,`published_at`,`id`) WHERE is_public = 1;--> statement-breakpoint
CREATE INDEX `notices_stage` ON `notices` (`stage`,`published_at`,`id`) WHERE is_public = 1;--> statement-breakpoint
CREATE INDEX `notices_county` ON `notices` (`county`,`published_at`,`id`) WHERE is_public = 1;--> statement-breakpoint
CREATE INDEX `notices_county_category` ON `notices` (`county`,`category`,`published_at`,`id`) WHERE is_public = 1;--> statement-breakpoint
CREATE INDEX `notices_deadline` ON `notices` (`deadline_at`,`id`) WHERE is_public = 1 AND deadline_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `notices_amount` ON `notices` (`amount_fen`,`id`) WHERE is_public = 1 AND amount_fen IS NOT NULL;--> statement-breakpoint
CREATE INDEX `notices_buyer` ON `notices` (`buyer`,`published_at`,`id`) WHERE is_public = 1 AND buyer IS NOT NULL;--> statement-breakpoint
CREATE TABLE `outbox` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`notice_id` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `projects` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text,
	`title` text NOT NULL,
	`category` text NOT NULL,
	`county` text NOT NULL,
	`buyer` text,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `projects_code` ON `projects` (`code`);--> statement-breakpoint
CREATE TABLE `states` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `ingest_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`source_key` text NOT NULL,
	`started_at` text NOT NULL,
	`finished_at` text,
	`state` text NOT NULL,
	`fetched` integer DEFAULT 0 NOT NULL,
	`created` integer DEFAULT 0 NOT NULL,
	`changed` integer DEFAULT 0 NOT NULL,
	`unchanged` integer DEFAULT 0 NOT NULL,
	`rejected` integer DEFAULT 0 NOT NULL,
	`error` text,
	FOREIGN KEY (`source_key`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `ingest_runs_source_started` ON `ingest_runs` (`source_key`,`started_at`);--> statement-breakpoint
CREATE TABLE `leases` (
	`name` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`token` integer NOT NULL,
	`expires_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `notice_aliases` (
	`source_key` text NOT NULL,
	`source_item_id` text NOT NULL,
	`notice_id` text NOT NULL,
	`url` text,
	`seen_at` text NOT NULL,
	PRIMARY KEY(`source_key`, `source_item_id`)
);
--> statement-breakpoint
CREATE INDEX `notice_aliases_notice` ON `notice_aliases` (`notice_id`);--> statement-breakpoint
CREATE TABLE `raw_items` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`source_key` text NOT NULL,
	`source_item_id` text NOT NULL,
	`content_hash` text NOT NULL,
	`list_item` text NOT NULL,
	`body` blob,
	`body_url` text,
	`received_at` text NOT NULL,
	`run_id` text NOT NULL,
	`state` text NOT NULL,
	`reasons` text DEFAULT '[]' NOT NULL,
	`attempts` integer DEFAULT 1 NOT NULL,
	`notice_id` text,
	`notice_version` integer,
	FOREIGN KEY (`source_key`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `raw_items_identity` ON `raw_items` (`source_key`,`source_item_id`,`content_hash`);--> statement-breakpoint
CREATE INDEX `raw_items_rejected` ON `raw_items` (`source_key`,`id`) WHERE state = 'rejected';--> statement-breakpoint
CREATE TABLE `sources` (
	`key` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`county` text NOT NULL,
	`adapter` text NOT NULL,
	`settings` text NOT NULL,
	`schedule` text NOT NULL,
	`enabled` integer DEFAULT true NOT NULL,
	`minimum_items` integer DEFAULT 1 NOT NULL,
	`homepage` text,
	`validators` text DEFAULT '{}' NOT NULL,
	`last_attempt_at` text,
	`last_success_at` text,
	`last_published_at` text,
	`last_item_count` integer,
	`consecutive_failures` integer DEFAULT 0 NOT NULL,
	`last_error` text,
	`held_reason` text
);
--> statement-breakpoint
CREATE TABLE `unknown_codes` (
	`source_key` text NOT NULL,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`example` text NOT NULL,
	`count` integer DEFAULT 1 NOT NULL,
	`first_seen_at` text NOT NULL,
	`last_seen_at` text NOT NULL,
	PRIMARY KEY(`source_key`, `kind`, `value`)
);
