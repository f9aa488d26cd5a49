CREATE TABLE `draft_events` (
	`draft_id` text NOT NULL,
	`revision` integer NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`event` text NOT NULL,
	`from_state` text,
	`to_state` text NOT NULL,
	`version` integer NOT NULL,
	`hash` text NOT NULL,
	`reason` text NOT NULL,
	PRIMARY KEY(`draft_id`, `revision`),
	FOREIGN KEY (`draft_id`) REFERENCES `drafts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "draft_events_revision" CHECK(revision BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "draft_events_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at),
	CONSTRAINT "draft_events_event" CHECK(event = 'create' OR event = 'edit' OR event = 'submit' OR event = 'submitUrgent' OR event = 'determineOpen' OR event = 'withhold' OR event = 'reassess' OR event = 'approveFirst' OR event = 'approveFinal' OR event = 'returnToAuthor' OR event = 'returnFirst' OR event = 'returnFinal' OR event = 'recall' OR event = 'hold' OR event = 'discard' OR event = 'release' OR event = 'refuse' OR event = 'correct' OR event = 'clarify' OR event = 'withdraw' OR event = 'archive'),
	CONSTRAINT "draft_events_from_state" CHECK(from_state = 'drafting' OR from_state = 'attributeReview' OR from_state = 'withheld' OR from_state = 'firstReview' OR from_state = 'finalReview' OR from_state = 'scheduled' OR from_state = 'published' OR from_state = 'corrected' OR from_state = 'clarified' OR from_state = 'withdrawn' OR from_state = 'archived' OR from_state = 'discarded'),
	CONSTRAINT "draft_events_to_state" CHECK(to_state = 'drafting' OR to_state = 'attributeReview' OR to_state = 'withheld' OR to_state = 'firstReview' OR to_state = 'finalReview' OR to_state = 'scheduled' OR to_state = 'published' OR to_state = 'corrected' OR to_state = 'clarified' OR to_state = 'withdrawn' OR to_state = 'archived' OR to_state = 'discarded'),
	CONSTRAINT "draft_events_version" CHECK(version BETWEEN 1 AND 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE TABLE `draft_remarks` (
	`id` integer PRIMARY KEY NOT NULL,
	`draft_id` text NOT NULL,
	`version` integer NOT NULL,
	`place` text NOT NULL,
	`quote` text NOT NULL,
	`text` text NOT NULL,
	`author_id` text NOT NULL,
	`at` text NOT NULL,
	`settled_at` text,
	`settled_by` text,
	FOREIGN KEY (`draft_id`) REFERENCES `drafts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`author_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`settled_by`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "draft_remarks_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "draft_remarks_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at),
	CONSTRAINT "draft_remarks_settled_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', settled_at) IS settled_at),
	CONSTRAINT "draft_remarks_settled" CHECK((settled_at IS NULL) = (settled_by IS NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `draft_remarks_draft` ON `draft_remarks` (`draft_id`,`id`);
--> statement-breakpoint
CREATE TABLE `draft_versions` (
	`draft_id` text NOT NULL,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`hash` text NOT NULL,
	`author_id` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`draft_id`, `version`),
	FOREIGN KEY (`draft_id`) REFERENCES `drafts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`author_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "draft_versions_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "draft_versions_content" CHECK(json_valid(content)),
	CONSTRAINT "draft_versions_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at)
) STRICT;
--> statement-breakpoint
CREATE TABLE `draft_working_copies` (
	`draft_id` text NOT NULL,
	`account_id` text NOT NULL,
	`revision` integer NOT NULL,
	`content` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`draft_id`, `account_id`),
	FOREIGN KEY (`draft_id`) REFERENCES `drafts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`account_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "draft_working_copies_revision" CHECK(revision BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "draft_working_copies_content" CHECK(json_valid(content)),
	CONSTRAINT "draft_working_copies_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at)
) STRICT;
--> statement-breakpoint
CREATE TABLE `drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`county` text NOT NULL,
	`state` text NOT NULL,
	`revision` integer NOT NULL,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`hash` text NOT NULL,
	`title` text NOT NULL,
	`category` text NOT NULL,
	`stage` text NOT NULL,
	`original_notice_id` text,
	`author_id` text NOT NULL,
	`first_reviewer_id` text,
	`first_hash` text,
	`final_reviewer_id` text,
	`final_hash` text,
	`scheduled_at` text,
	`urgent` integer DEFAULT false NOT NULL,
	`due_at` text,
	`notice_id` text,
	`notice_version` integer,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`original_notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`author_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`first_reviewer_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`final_reviewer_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "drafts_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "drafts_state" CHECK(state = 'drafting' OR state = 'attributeReview' OR state = 'withheld' OR state = 'firstReview' OR state = 'finalReview' OR state = 'scheduled' OR state = 'published' OR state = 'corrected' OR state = 'clarified' OR state = 'withdrawn' OR state = 'archived' OR state = 'discarded'),
	CONSTRAINT "drafts_revision" CHECK(revision BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "drafts_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "drafts_content" CHECK(json_valid(content)),
	CONSTRAINT "drafts_category" CHECK(category = 'construction' OR category = 'procurement' OR category = 'land' OR category = 'mining' OR category = 'property' OR category = 'medical' OR category = 'general'),
	CONSTRAINT "drafts_stage" CHECK(stage = 'tenderPlan' OR stage = 'procurementIntention' OR stage = 'prequalificationNotice' OR stage = 'prequalificationResult' OR stage = 'tenderNotice' OR stage = 'singleSourceNotice' OR stage = 'clarification' OR stage = 'correctionNotice' OR stage = 'openingRecord' OR stage = 'candidateNotice' OR stage = 'awardNotice' OR stage = 'failureNotice' OR stage = 'terminationNotice' OR stage = 'suspensionNotice' OR stage = 'resumptionNotice' OR stage = 'contractNotice' OR stage = 'performanceNotice' OR stage = 'acceptanceNotice' OR stage = 'complaintDecision' OR stage = 'supervisionDecision' OR stage = 'landSupplyPlan' OR stage = 'landOffering' OR stage = 'landOfferingSupplement' OR stage = 'landDealNotice' OR stage = 'landResult' OR stage = 'miningOffering' OR stage = 'miningDealNotice' OR stage = 'miningRegistration' OR stage = 'propertyPreDisclosure' OR stage = 'propertyListing' OR stage = 'propertyListingChange' OR stage = 'propertyDeal'),
	CONSTRAINT "drafts_scheduled_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', scheduled_at) IS scheduled_at),
	CONSTRAINT "drafts_urgent" CHECK(urgent IN (0, 1)),
	CONSTRAINT "drafts_due_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', due_at) IS due_at),
	CONSTRAINT "drafts_notice_version" CHECK(notice_version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "drafts_created_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at),
	CONSTRAINT "drafts_updated_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at),
	CONSTRAINT "drafts_first" CHECK(first_reviewer_id IS NULL OR first_reviewer_id <> author_id),
	CONSTRAINT "drafts_final" CHECK(final_reviewer_id IS NULL OR (final_reviewer_id <> author_id AND first_reviewer_id IS NOT NULL AND final_reviewer_id <> first_reviewer_id)),
	CONSTRAINT "drafts_first_hash" CHECK((first_reviewer_id IS NULL) = (first_hash IS NULL)),
	CONSTRAINT "drafts_final_hash" CHECK((final_reviewer_id IS NULL) = (final_hash IS NULL)),
	CONSTRAINT "drafts_approved" CHECK(state NOT IN ('scheduled', 'published', 'corrected', 'clarified', 'withdrawn', 'archived') OR (first_hash IS hash AND final_hash IS hash AND scheduled_at IS NOT NULL)),
	CONSTRAINT "drafts_released" CHECK((notice_id IS NULL) = (notice_version IS NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `drafts_queue` ON `drafts` (`state`,`county`,`due_at`);
--> statement-breakpoint
CREATE INDEX `drafts_county` ON `drafts` (`county`,`updated_at`);
--> statement-breakpoint
CREATE INDEX `drafts_author` ON `drafts` (`author_id`,`state`);
--> statement-breakpoint
CREATE INDEX `drafts_scheduled` ON `drafts` (`state`,`scheduled_at`);
--> statement-breakpoint
CREATE INDEX `drafts_notice` ON `drafts` (`notice_id`);
--> statement-breakpoint
CREATE INDEX `drafts_original` ON `drafts` (`original_notice_id`);
--> statement-breakpoint
CREATE TRIGGER draft_events_no_update BEFORE UPDATE ON draft_events
BEGIN SELECT RAISE(ABORT, 'draft_events is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER draft_events_no_delete BEFORE DELETE ON draft_events
BEGIN SELECT RAISE(ABORT, 'draft_events is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER draft_versions_no_update BEFORE UPDATE ON draft_versions
BEGIN SELECT RAISE(ABORT, 'draft_versions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER draft_versions_no_delete BEFORE DELETE ON draft_versions
BEGIN SELECT RAISE(ABORT, 'draft_versions is append-only'); END;
