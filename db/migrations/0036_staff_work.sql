CREATE TABLE `code_mappings` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`source_key` text NOT NULL,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`version` integer NOT NULL,
	`target` text NOT NULL,
	`basis` text NOT NULL,
	`role` text NOT NULL,
	`actor` text NOT NULL,
	`at` text NOT NULL,
	FOREIGN KEY (`source_key`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "code_mappings_kind" CHECK(kind = 'column' OR kind = 'stage' OR kind = 'county'),
	CONSTRAINT "code_mappings_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "code_mappings_target" CHECK(json_valid(target) AND json_type(target) = 'object'),
	CONSTRAINT "code_mappings_role" CHECK(role = 'countyClerk' OR role = 'editor' OR role = 'firstReviewer' OR role = 'finalReviewer' OR role = 'disclosureOfficer' OR role = 'supervisor' OR role = 'administrator'),
	CONSTRAINT "code_mappings_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `code_mappings_value` ON `code_mappings` (`source_key`,`kind`,`value`,`version`);
--> statement-breakpoint
CREATE TABLE `fact_corrections` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`notice_id` text NOT NULL,
	`place` text NOT NULL,
	`kind` text NOT NULL,
	`value` text DEFAULT '{}' NOT NULL,
	`passage` text NOT NULL,
	`before` text DEFAULT '' NOT NULL,
	`version` integer NOT NULL,
	`reason` text NOT NULL,
	`actor` text NOT NULL,
	`at` text NOT NULL,
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "fact_corrections_kind" CHECK(kind = 'set' OR kind = 'absent' OR kind = 'seen' OR kind = 'undo'),
	CONSTRAINT "fact_corrections_value" CHECK(json_valid(value) AND json_type(value) = 'object'),
	CONSTRAINT "fact_corrections_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "fact_corrections_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at)
) STRICT;
--> statement-breakpoint
CREATE INDEX `fact_corrections_notice` ON `fact_corrections` (`notice_id`,`id`);
--> statement-breakpoint
CREATE TABLE `item_fixes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`source_key` text NOT NULL,
	`source_item_id` text NOT NULL,
	`notice_id` text NOT NULL,
	`list_hash` text NOT NULL,
	`fields` text NOT NULL,
	`reason` text NOT NULL,
	`actor` text NOT NULL,
	`at` text NOT NULL,
	FOREIGN KEY (`source_key`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "item_fixes_fields" CHECK(json_valid(fields) AND json_type(fields) = 'object'),
	CONSTRAINT "item_fixes_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at)
) STRICT;
--> statement-breakpoint
CREATE INDEX `item_fixes_item` ON `item_fixes` (`source_key`,`source_item_id`,`id`);
--> statement-breakpoint
CREATE TABLE `notice_links` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`notice_id` text NOT NULL,
	`original_id` text,
	`reason` text NOT NULL,
	`actor` text NOT NULL,
	`at` text NOT NULL,
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`original_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "notice_links_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at)
) STRICT;
--> statement-breakpoint
CREATE INDEX `notice_links_notice` ON `notice_links` (`notice_id`,`id`);
--> statement-breakpoint
CREATE TABLE `possible_duplicates` (
	`notice_id` text NOT NULL,
	`other_id` text NOT NULL,
	`county` text NOT NULL,
	`other_county` text NOT NULL,
	`likeness` text NOT NULL,
	`found_at` text NOT NULL,
	`state` text DEFAULT 'open' NOT NULL,
	`decided_at` text,
	PRIMARY KEY(`notice_id`, `other_id`),
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`other_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "possible_duplicates_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "possible_duplicates_other_county" CHECK(other_county = 'jining' OR other_county = 'rencheng' OR other_county = 'yanzhou' OR other_county = 'qufu' OR other_county = 'zoucheng' OR other_county = 'weishan' OR other_county = 'yutai' OR other_county = 'jinxiang' OR other_county = 'jiaxiang' OR other_county = 'wenshang' OR other_county = 'sishui' OR other_county = 'liangshan' OR other_county = 'gaoxin' OR other_county = 'taibaihu' OR other_county = 'jingkai'),
	CONSTRAINT "possible_duplicates_likeness" CHECK(likeness = 'text' OR likeness = 'title'),
	CONSTRAINT "possible_duplicates_found_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', found_at) IS found_at),
	CONSTRAINT "possible_duplicates_state" CHECK(state = 'open' OR state = 'merged' OR state = 'apart'),
	CONSTRAINT "possible_duplicates_decided_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', decided_at) IS decided_at)
) STRICT;
--> statement-breakpoint
CREATE INDEX `possible_duplicates_other` ON `possible_duplicates` (`other_id`);
--> statement-breakpoint
CREATE INDEX `possible_duplicates_open` ON `possible_duplicates` (`found_at`,`notice_id`,`other_id`) WHERE state = 'open';
--> statement-breakpoint
CREATE TABLE `retry_requests` (
	`source_key` text PRIMARY KEY NOT NULL,
	`actor` text NOT NULL,
	`asked_at` text NOT NULL,
	`done` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`source_key`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "retry_requests_asked_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', asked_at) IS asked_at),
	CONSTRAINT "retry_requests_done" CHECK(done BETWEEN 0 AND 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE TABLE `staff_filters` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` text NOT NULL,
	`name` text NOT NULL,
	`href` text NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "staff_filters_created_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_filters_account` ON `staff_filters` (`account_id`,`name`);
--> statement-breakpoint
CREATE INDEX `notices_doubtful` ON `notices` (`first_seen_at`,`id`,`county`) WHERE is_public = 1 AND instr(replace(facts, '"isSeen":true,"doubt":', ''), '"doubt":') > 0;
--> statement-breakpoint
CREATE INDEX `notices_doubtful_county` ON `notices` (`county`,`first_seen_at`,`id`) WHERE is_public = 1 AND instr(replace(facts, '"isSeen":true,"doubt":', ''), '"doubt":') > 0;
--> statement-breakpoint
CREATE INDEX `notices_correcting` ON `notices` (`first_seen_at`,`id`,`county`) WHERE is_public = 1 AND stage IN ('correctionNotice', 'landOfferingSupplement');
--> statement-breakpoint
CREATE INDEX `notices_correcting_county` ON `notices` (`county`,`first_seen_at`,`id`) WHERE is_public = 1 AND stage IN ('correctionNotice', 'landOfferingSupplement');
--> statement-breakpoint
ALTER TABLE `raw_items` DROP CONSTRAINT raw_items_state;
--> statement-breakpoint
ALTER TABLE `raw_items` ADD CONSTRAINT raw_items_state CHECK (state = 'accepted' OR state = 'rejected' OR state = 'dismissed');
--> statement-breakpoint
CREATE TABLE `__new_sources` (
	`key` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`county` text NOT NULL,
	`adapter` text NOT NULL,
	`settings` text NOT NULL,
	`schedule` text NOT NULL,
	`enabled` integer DEFAULT true NOT NULL,
	`minimum_items` integer DEFAULT 1 NOT NULL,
	`homepage` text,
	`validators` text DEFAULT '{}' NOT NULL,
	`last_attempt_at` text,
	`last_success_at` text,
	`last_published_at` text,
	`last_item_count` integer,
	`consecutive_failures` integer DEFAULT 0 NOT NULL,
	`last_error` text,
	`held_reason` text,
	`origin` text DEFAULT 'configuration' NOT NULL,
	`speaks_for_itself` integer DEFAULT false NOT NULL,
	`paused_at` text,
	`pause_reason` text,
	CONSTRAINT "sources_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "sources_settings" CHECK(json_valid(settings) AND json_type(settings) = 'object'),
	CONSTRAINT "sources_enabled" CHECK(enabled IN (0, 1)),
	CONSTRAINT "sources_minimum_items" CHECK(minimum_items BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "sources_validators" CHECK(json_valid(validators) AND json_type(validators) = 'object'),
	CONSTRAINT "sources_last_attempt_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', last_attempt_at) IS last_attempt_at),
	CONSTRAINT "sources_last_success_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', last_success_at) IS last_success_at),
	CONSTRAINT "sources_last_published_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', last_published_at) IS last_published_at),
	CONSTRAINT "sources_last_item_count" CHECK(last_item_count BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "sources_consecutive_failures" CHECK(consecutive_failures BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "sources_origin" CHECK(origin = 'configuration' OR origin = 'console'),
	CONSTRAINT "sources_speaks_for_itself" CHECK(speaks_for_itself IN (0, 1)),
	CONSTRAINT "sources_paused_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', paused_at) IS paused_at)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_sources` (`key`, `name`, `county`, `adapter`, `settings`, `schedule`, `enabled`, `minimum_items`, `homepage`, `validators`, `last_attempt_at`, `last_success_at`, `last_published_at`, `last_item_count`, `consecutive_failures`, `last_error`, `held_reason`) SELECT `key`, `name`, `county`, `adapter`, `settings`, `schedule`, `enabled`, `minimum_items`, `homepage`, `validators`, `last_attempt_at`, `last_success_at`, `last_published_at`, `last_item_count`, `consecutive_failures`, `last_error`, `held_reason` FROM `sources`;
--> statement-breakpoint
DROP TABLE `sources`;
--> statement-breakpoint
ALTER TABLE `__new_sources` RENAME TO `sources`;
--> statement-breakpoint
ALTER TABLE `subscription_messages` DROP CONSTRAINT subscription_messages_state;
--> statement-breakpoint
ALTER TABLE `subscription_messages` ADD CONSTRAINT subscription_messages_state CHECK (state = 'pending' OR state = 'sent' OR state = 'dead' OR state = 'dismissed');
--> statement-breakpoint
CREATE TRIGGER fact_corrections_no_update BEFORE UPDATE ON fact_corrections
BEGIN SELECT RAISE(ABORT, 'fact_corrections is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER fact_corrections_no_delete BEFORE DELETE ON fact_corrections
WHEN NOT EXISTS (SELECT 1 FROM redactions r WHERE r.subject = 'notice' AND r.id = old.notice_id AND r.kind = 'removed')
BEGIN SELECT RAISE(ABORT, 'fact_corrections is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER notice_links_no_update BEFORE UPDATE ON notice_links
BEGIN SELECT RAISE(ABORT, 'notice_links is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER notice_links_no_delete BEFORE DELETE ON notice_links
BEGIN SELECT RAISE(ABORT, 'notice_links is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER code_mappings_no_update BEFORE UPDATE ON code_mappings
BEGIN SELECT RAISE(ABORT, 'code_mappings is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER code_mappings_no_delete BEFORE DELETE ON code_mappings
BEGIN SELECT RAISE(ABORT, 'code_mappings is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER item_fixes_no_update BEFORE UPDATE ON item_fixes
BEGIN SELECT RAISE(ABORT, 'item_fixes is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER item_fixes_no_delete BEFORE DELETE ON item_fixes
WHEN NOT EXISTS (SELECT 1 FROM removals WHERE subject = 'notice' AND id = old.notice_id)
BEGIN SELECT RAISE(ABORT, 'item_fixes is append-only'); END;
