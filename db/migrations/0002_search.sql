CREATE TABLE `search_aliases` (
	`alias` text NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`alias`, `name`)
);
--> statement-breakpoint
CREATE TABLE `search_documents` (
	`id` integer PRIMARY KEY NOT NULL,
	`notice_id` text NOT NULL,
	`version` integer NOT NULL,
	`category` text NOT NULL,
	`stage` text NOT NULL,
	`county` text NOT NULL,
	`published_at` text NOT NULL,
	`deadline_at` text,
	`amount_fen` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `search_documents_noticeId_unique` ON `search_documents` (`notice_id`);--> statement-breakpoint
CREATE TABLE `search_quarantine` (
	`notice_id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`reason` text NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `search_terms` (
	`term` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`pinyin` text NOT NULL,
	`initials` text NOT NULL,
	`frequency` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `search_terms_pinyin` ON `search_terms` (`pinyin`);--> statement-breakpoint
CREATE INDEX `search_terms_initials` ON `search_terms` (`initials`);