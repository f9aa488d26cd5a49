CREATE TABLE `incomplete_exposures` (
	`id` text PRIMARY KEY NOT NULL,
	`source_key` text NOT NULL,
	`source_item_id` text NOT NULL,
	`said` text NOT NULL,
	`missing` text NOT NULL,
	`supplement` text,
	`exposure_id` text,
	`first_seen_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`source_key`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `incomplete_exposures_item` ON `incomplete_exposures` (`source_key`,`source_item_id`);