CREATE INDEX `notices_arrived` ON `notices` (`first_seen_at`,`id`) WHERE is_public = 1;
