CREATE TABLE `achievements` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`source` text NOT NULL,
	`source_url` text,
	`valid_from` text,
	`valid_until` text,
	`checked_at` text NOT NULL,
	`name` text NOT NULL,
	`owner` text,
	`amount_fen` integer,
	`finished_on` text
);
--> statement-breakpoint
CREATE INDEX `achievements_organization` ON `achievements` (`organization_id`);--> statement-breakpoint
CREATE TABLE `honours` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`source` text NOT NULL,
	`source_url` text,
	`valid_from` text,
	`valid_until` text,
	`checked_at` text NOT NULL,
	`name` text NOT NULL,
	`grade` text,
	`issuer` text
);
--> statement-breakpoint
CREATE INDEX `honours_organization` ON `honours` (`organization_id`);--> statement-breakpoint
CREATE TABLE `library_rejections` (
	`id` text PRIMARY KEY NOT NULL,
	`block` text NOT NULL,
	`source` text NOT NULL,
	`row` text NOT NULL,
	`reasons` text NOT NULL,
	`attempts` integer DEFAULT 1 NOT NULL,
	`first_seen_at` text NOT NULL,
	`last_tried_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `organization_activity` (
	`role` text NOT NULL,
	`county` text NOT NULL,
	`organization_id` text NOT NULL,
	`notices` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `role`, `county`)
);
--> statement-breakpoint
CREATE INDEX `organization_activity_order` ON `organization_activity` (`role`,`county`,`notices`,`organization_id`);--> statement-breakpoint
CREATE TABLE `organization_changes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`organization_id` text NOT NULL,
	`target_id` text,
	`name_key` text,
	`reason` text NOT NULL,
	`decided_by` text NOT NULL,
	`decided_at` text NOT NULL,
	`undone_by` text,
	`undone_at` text
);
--> statement-breakpoint
CREATE INDEX `organization_changes_organization` ON `organization_changes` (`organization_id`,`kind`);--> statement-breakpoint
CREATE TABLE `organization_names` (
	`key` text NOT NULL,
	`organization_id` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`known` text NOT NULL,
	PRIMARY KEY(`key`, `organization_id`)
);
--> statement-breakpoint
CREATE INDEX `organization_names_organization` ON `organization_names` (`organization_id`);--> statement-breakpoint
CREATE TABLE `organizations` (
	`number` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`uscc` text,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`merged_into` text,
	`merged_how` text,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `organizations_id_unique` ON `organizations` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `organizations_uscc_unique` ON `organizations` (`uscc`);--> statement-breakpoint
CREATE INDEX `organizations_name_key` ON `organizations` (`name_key`);--> statement-breakpoint
CREATE INDEX `organizations_merged` ON `organizations` (`merged_into`);--> statement-breakpoint
CREATE TABLE `qualifications` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`source` text NOT NULL,
	`source_url` text,
	`valid_from` text,
	`valid_until` text,
	`checked_at` text NOT NULL,
	`name` text NOT NULL,
	`grade` text,
	`certificate_no` text,
	`issuer` text
);
--> statement-breakpoint
CREATE INDEX `qualifications_organization` ON `qualifications` (`organization_id`);--> statement-breakpoint
CREATE TABLE `staff_certificates` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`source` text NOT NULL,
	`source_url` text,
	`valid_from` text,
	`valid_until` text,
	`checked_at` text NOT NULL,
	`surname` text NOT NULL,
	`kind` text NOT NULL,
	`specialty` text,
	`grade` text
);
--> statement-breakpoint
CREATE INDEX `staff_certificates_organization` ON `staff_certificates` (`organization_id`);--> statement-breakpoint
ALTER TABLE `notice_parties` ADD `county` text;--> statement-breakpoint
ALTER TABLE `notice_parties` ADD `name_key` text;--> statement-breakpoint
ALTER TABLE `notice_parties` ADD `uscc` text;--> statement-breakpoint
ALTER TABLE `notice_parties` ADD `organization_id` text;--> statement-breakpoint
ALTER TABLE `notice_parties` ADD `matched_by` text;--> statement-breakpoint
ALTER TABLE `notice_parties` ADD `is_award` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `notice_parties` ADD `award_fen` integer;--> statement-breakpoint
CREATE INDEX `notice_parties_organization` ON `notice_parties` (`organization_id`,`name_key`,`uscc`);--> statement-breakpoint
CREATE INDEX `notice_parties_award` ON `notice_parties` (`organization_id`,`role`,`published_at`,`notice_id`,`county`,`award_fen`) WHERE is_award = 1;--> statement-breakpoint
CREATE INDEX `notice_parties_unresolved` ON `notice_parties` (`notice_id`) WHERE matched_by IS NULL;