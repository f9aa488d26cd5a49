CREATE INDEX `organization_names_doubtful` ON `organization_names` (`organization_id`,`key`) WHERE kind = 'doubtful';
--> statement-breakpoint
CREATE INDEX `raw_items_waiting` ON `raw_items` (`received_at`,`id`,`source_key`) WHERE state = 'rejected';
