CREATE INDEX `incomplete_exposures_exposure` ON `incomplete_exposures` (`exposure_id`) WHERE exposure_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `organization_changes_target` ON `organization_changes` (`target_id`) WHERE target_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `raw_items_notice` ON `raw_items` (`notice_id`) WHERE notice_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `raw_items_exposure` ON `raw_items` (`exposure_id`) WHERE exposure_id IS NOT NULL;
