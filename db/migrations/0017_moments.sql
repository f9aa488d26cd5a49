DROP INDEX `notices_deadline`;--> statement-breakpoint
DROP INDEX `notices_withdrawn`;--> statement-breakpoint
ALTER TABLE `notices` ADD `deadline_precision` text;--> statement-breakpoint
ALTER TABLE `notices` ADD `opening_precision` text;--> statement-breakpoint
ALTER TABLE `notices` ADD `closes_at` text GENERATED ALWAYS AS (CASE deadline_precision WHEN 'day' THEN strftime('%Y-%m-%dT%H:%M:%fZ', deadline_at, '+1 day') ELSE deadline_at END) VIRTUAL;--> statement-breakpoint
-- The rules so far meant a day by midnight in Shanghai; what they read is read anew by itself.
UPDATE `notices` SET `deadline_precision` = CASE WHEN `deadline_at` LIKE '%T16:00:00.000Z' THEN 'day' ELSE 'minute' END WHERE `deadline_at` IS NOT NULL;--> statement-breakpoint
UPDATE `notices` SET `opening_precision` = CASE WHEN `opening_at` LIKE '%T16:00:00.000Z' THEN 'day' ELSE 'minute' END WHERE `opening_at` IS NOT NULL;--> statement-breakpoint
UPDATE `search_documents` SET `deadline_at` = (SELECT `closes_at` FROM `notices` WHERE `id` = `search_documents`.`notice_id`) WHERE `deadline_at` LIKE '%T16:00:00.000Z';--> statement-breakpoint
CREATE INDEX `notices_deadline` ON `notices` (`closes_at`,`id`,`category`,`stage`,`county`,`is_public`) WHERE is_public = 1 AND closes_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `notices_withdrawn` ON `notices` (`closes_at`) WHERE withdrawn_at IS NOT NULL;