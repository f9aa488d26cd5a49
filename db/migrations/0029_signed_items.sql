ALTER TABLE `library_rejections` ADD `actor` text DEFAULT 'unknown' NOT NULL;
--> statement-breakpoint
ALTER TABLE `raw_items` ADD `actor` text DEFAULT 'unknown' NOT NULL;
