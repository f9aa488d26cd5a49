CREATE TABLE `feed_reviews` (
	`source_key` text NOT NULL,
	`source_item_id` text NOT NULL,
	`content_hash` text NOT NULL,
	`county` text NOT NULL,
	`title` text NOT NULL,
	`category` text,
	`stage` text,
	`notice_id` text,
	`held_at` text NOT NULL,
	`state` text DEFAULT 'waiting' NOT NULL,
	`decided_by` text,
	`decided_at` text,
	`reason` text DEFAULT '' NOT NULL,
	`published_at` text,
	PRIMARY KEY(`source_key`, `source_item_id`, `content_hash`),
	FOREIGN KEY (`source_key`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`decided_by`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "feed_reviews_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "feed_reviews_category" CHECK(category = 'construction' OR category = 'procurement' OR category = 'land' OR category = 'mining' OR category = 'property' OR category = 'medical' OR category = 'general'),
	CONSTRAINT "feed_reviews_stage" CHECK(stage = 'tenderPlan' OR stage = 'procurementIntention' OR stage = 'prequalificationNotice' OR stage = 'prequalificationResult' OR stage = 'tenderNotice' OR stage = 'singleSourceNotice' OR stage = 'clarification' OR stage = 'correctionNotice' OR stage = 'openingRecord' OR stage = 'candidateNotice' OR stage = 'awardNotice' OR stage = 'failureNotice' OR stage = 'terminationNotice' OR stage = 'suspensionNotice' OR stage = 'resumptionNotice' OR stage = 'contractNotice' OR stage = 'performanceNotice' OR stage = 'acceptanceNotice' OR stage = 'complaintDecision' OR stage = 'supervisionDecision' OR stage = 'landSupplyPlan' OR stage = 'landOffering' OR stage = 'landOfferingSupplement' OR stage = 'landDealNotice' OR stage = 'landResult' OR stage = 'miningOffering' OR stage = 'miningDealNotice' OR stage = 'miningRegistration' OR stage = 'propertyPreDisclosure' OR stage = 'propertyListing' OR stage = 'propertyListingChange' OR stage = 'propertyDeal'),
	CONSTRAINT "feed_reviews_held_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', held_at) IS held_at),
	CONSTRAINT "feed_reviews_state" CHECK(state = 'waiting' OR state = 'released' OR state = 'refused'),
	CONSTRAINT "feed_reviews_decided_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', decided_at) IS decided_at),
	CONSTRAINT "feed_reviews_published_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', published_at) IS published_at),
	CONSTRAINT "feed_reviews_decided" CHECK((state = 'waiting') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `feed_reviews_queue` ON `feed_reviews` (`state`,`published_at`,`held_at`);
--> statement-breakpoint
CREATE TABLE `trust_rules` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`source_key` text NOT NULL,
	`category` text,
	`stage` text,
	`expires_at` text NOT NULL,
	`reason` text NOT NULL,
	`account_id` text NOT NULL,
	`at` text NOT NULL,
	`revoked_at` text,
	FOREIGN KEY (`source_key`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`account_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "trust_rules_category" CHECK(category = 'construction' OR category = 'procurement' OR category = 'land' OR category = 'mining' OR category = 'property' OR category = 'medical' OR category = 'general'),
	CONSTRAINT "trust_rules_stage" CHECK(stage = 'tenderPlan' OR stage = 'procurementIntention' OR stage = 'prequalificationNotice' OR stage = 'prequalificationResult' OR stage = 'tenderNotice' OR stage = 'singleSourceNotice' OR stage = 'clarification' OR stage = 'correctionNotice' OR stage = 'openingRecord' OR stage = 'candidateNotice' OR stage = 'awardNotice' OR stage = 'failureNotice' OR stage = 'terminationNotice' OR stage = 'suspensionNotice' OR stage = 'resumptionNotice' OR stage = 'contractNotice' OR stage = 'performanceNotice' OR stage = 'acceptanceNotice' OR stage = 'complaintDecision' OR stage = 'supervisionDecision' OR stage = 'landSupplyPlan' OR stage = 'landOffering' OR stage = 'landOfferingSupplement' OR stage = 'landDealNotice' OR stage = 'landResult' OR stage = 'miningOffering' OR stage = 'miningDealNotice' OR stage = 'miningRegistration' OR stage = 'propertyPreDisclosure' OR stage = 'propertyListing' OR stage = 'propertyListingChange' OR stage = 'propertyDeal'),
	CONSTRAINT "trust_rules_expires_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', expires_at) IS expires_at),
	CONSTRAINT "trust_rules_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at),
	CONSTRAINT "trust_rules_revoked_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', revoked_at) IS revoked_at)
) STRICT;
--> statement-breakpoint
CREATE INDEX `trust_rules_source` ON `trust_rules` (`source_key`,`expires_at`);
--> statement-breakpoint
CREATE TABLE `notice_tombstones` (
	`notice_id` text NOT NULL,
	`version` integer NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`notice_id`, `version`),
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "notice_tombstones_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "notice_tombstones_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at)
) STRICT;
--> statement-breakpoint
CREATE TABLE `__new_sources` (
	`key` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`county` text NOT NULL,
	`adapter` text NOT NULL,
	`settings` text NOT NULL,
	`schedule` text NOT NULL,
	`enabled` integer DEFAULT true NOT NULL,
	`release` text DEFAULT 'automatic' NOT NULL,
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
	CONSTRAINT "sources_release" CHECK(release = 'automatic' OR release = 'review'),
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
INSERT INTO `__new_sources` (`key`, `name`, `county`, `adapter`, `settings`, `schedule`, `enabled`, `minimum_items`, `homepage`, `validators`, `last_attempt_at`, `last_success_at`, `last_published_at`, `last_item_count`, `consecutive_failures`, `last_error`, `held_reason`, `origin`, `speaks_for_itself`, `paused_at`, `pause_reason`) SELECT `key`, `name`, `county`, `adapter`, `settings`, `schedule`, `enabled`, `minimum_items`, `homepage`, `validators`, `last_attempt_at`, `last_success_at`, `last_published_at`, `last_item_count`, `consecutive_failures`, `last_error`, `held_reason`, `origin`, `speaks_for_itself`, `paused_at`, `pause_reason` FROM `sources`;
--> statement-breakpoint
DROP TABLE `sources`;
--> statement-breakpoint
ALTER TABLE `__new_sources` RENAME TO `sources`;
--> statement-breakpoint
CREATE TRIGGER drafts_own_review BEFORE UPDATE ON drafts WHEN EXISTS (
  SELECT 1 FROM draft_versions WHERE draft_id = new.id
    AND author_id IN (new.first_reviewer_id, new.final_reviewer_id))
BEGIN
  SELECT RAISE(ABORT, 'nobody reviews what they wrote');
END;
--> statement-breakpoint
CREATE TRIGGER notice_tombstones_no_update BEFORE UPDATE ON notice_tombstones
BEGIN SELECT RAISE(ABORT, 'notice_tombstones is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER notice_tombstones_no_delete BEFORE DELETE ON notice_tombstones
BEGIN SELECT RAISE(ABORT, 'notice_tombstones is append-only'); END;
