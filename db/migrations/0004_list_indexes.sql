DROP INDEX `notices_buyer`;--> statement-breakpoint
DROP INDEX `notices_published`;--> statement-breakpoint
DROP INDEX `notices_deadline`;--> statement-breakpoint
DROP INDEX `notices_amount`;--> statement-breakpoint
CREATE INDEX `notices_published` ON `notices` (`published_at`,`id`,`category`,`stage`,`county`,`is_public`) WHERE is_public = 1;--> statement-breakpoint
CREATE INDEX `notices_deadline` ON `notices` (`deadline_at`,`id`,`category`,`stage`,`county`,`is_public`) WHERE is_public = 1 AND deadline_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `notices_amount` ON `notices` (`amount_fen`,`id`,`category`,`stage`,`county`,`is_public`) WHERE is_public = 1 AND amount_fen IS NOT NULL;