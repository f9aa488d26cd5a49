CREATE TABLE `exposure_events` (
	`exposure_id` text NOT NULL,
	`kind` text NOT NULL,
	`at` text NOT NULL,
	`basis` text NOT NULL,
	`recorded_at` text NOT NULL,
	PRIMARY KEY(`exposure_id`, `kind`, `at`)
);
--> statement-breakpoint
CREATE TABLE `exposure_versions` (
	`exposure_id` text NOT NULL,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`hash` text NOT NULL,
	`recorded_at` text NOT NULL,
	`reason` text NOT NULL,
	`raw_item_id` integer,
	PRIMARY KEY(`exposure_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `exposures` (
	`id` text PRIMARY KEY NOT NULL,
	`source_key` text NOT NULL,
	`source_item_id` text NOT NULL,
	`version` integer NOT NULL,
	`board` text NOT NULL,
	`county` text NOT NULL,
	`subject_type` text NOT NULL,
	`subject_key` text NOT NULL,
	`subject_uscc` text,
	`misconduct` text NOT NULL,
	`decision_key` text NOT NULL,
	`authority` text NOT NULL,
	`decision_date` text NOT NULL,
	`public_from` text NOT NULL,
	`public_until` text NOT NULL,
	`withheld` integer NOT NULL,
	`first_seen_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`last_seen_at` text NOT NULL,
	`gone_at` text,
	FOREIGN KEY (`source_key`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `exposures_identity` ON `exposures` (`decision_key`,`subject_key`,`board`);--> statement-breakpoint
CREATE INDEX `exposures_source` ON `exposures` (`source_key`,`source_item_id`);--> statement-breakpoint
CREATE INDEX `exposures_board` ON `exposures` (`board`,`decision_date`,`id`) WHERE withheld = 0;--> statement-breakpoint
CREATE INDEX `exposures_until` ON `exposures` (`public_until`) WHERE withheld = 0;--> statement-breakpoint
CREATE INDEX `exposures_subject` ON `exposures` (`subject_key`,`public_until`) WHERE withheld = 0;--> statement-breakpoint
CREATE INDEX `exposures_uscc` ON `exposures` (`subject_uscc`,`public_until`) WHERE withheld = 0 AND subject_uscc IS NOT NULL;--> statement-breakpoint
ALTER TABLE `raw_items` ADD `exposure_id` text;