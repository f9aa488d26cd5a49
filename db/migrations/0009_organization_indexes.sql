DROP INDEX `organizations_name_key`;--> statement-breakpoint
DROP INDEX `organizations_merged`;--> statement-breakpoint
CREATE INDEX `organizations_merged` ON `organizations` (`merged_into`) WHERE merged_into IS NOT NULL;