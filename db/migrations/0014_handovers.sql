CREATE TABLE `handover_batches` (
	`id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` text,
	`error` text,
	`records` integer,
	`sha256` text,
	`created_at` text NOT NULL,
	`written_at` text
);
--> statement-breakpoint
CREATE TABLE `handovers` (
	`notice_id` text NOT NULL,
	`version` integer NOT NULL,
	`batch_id` text,
	`remark` text,
	PRIMARY KEY(`notice_id`, `version`),
	FOREIGN KEY (`batch_id`) REFERENCES `handover_batches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `handovers_batch` ON `handovers` (`batch_id`);
