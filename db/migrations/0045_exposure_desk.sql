CREATE TABLE `exchange_records` (
	`seq` integer PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`direction` text NOT NULL,
	`channel` text NOT NULL,
	`partner` text NOT NULL,
	`county` text,
	`decision_no` text NOT NULL,
	`decision_key` text NOT NULL,
	`hash` text NOT NULL,
	`result` text NOT NULL,
	`reasons` text NOT NULL,
	`exposure_id` text,
	`draft_id` text,
	`actor` text NOT NULL,
	CONSTRAINT "exchange_records_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at),
	CONSTRAINT "exchange_records_direction" CHECK(direction = 'in' OR direction = 'out'),
	CONSTRAINT "exchange_records_channel" CHECK(channel = 'api' OR channel = 'file'),
	CONSTRAINT "exchange_records_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "exchange_records_result" CHECK(result = 'created' OR result = 'changed' OR result = 'unchanged' OR result = 'duplicate' OR result = 'drafted' OR result = 'rejected' OR result = 'sent'),
	CONSTRAINT "exchange_records_reasons" CHECK(json_valid(reasons) AND json_type(reasons) = 'array')
) STRICT;
--> statement-breakpoint
CREATE INDEX `exchange_records_decision` ON `exchange_records` (`decision_key`,`seq`);
--> statement-breakpoint
CREATE INDEX `exchange_records_partner` ON `exchange_records` (`partner`,`seq`);
--> statement-breakpoint
CREATE TABLE `exposure_cases` (
	`id` text PRIMARY KEY NOT NULL,
	`exposure_id` text NOT NULL,
	`county` text NOT NULL,
	`kind` text NOT NULL,
	`revision` integer NOT NULL,
	`received_on` text NOT NULL,
	`ground` text NOT NULL,
	`due_at` text NOT NULL,
	`is_due_certain` integer NOT NULL,
	`is_extended` integer DEFAULT false NOT NULL,
	`opened_by` text NOT NULL,
	`opened_at` text NOT NULL,
	`outcome` text,
	`basis` text,
	`decided_by` text,
	`decided_at` text,
	FOREIGN KEY (`exposure_id`) REFERENCES `exposures`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`opened_by`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`decided_by`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "exposure_cases_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "exposure_cases_kind" CHECK(kind = 'objection' OR kind = 'repair' OR kind = 'revocation'),
	CONSTRAINT "exposure_cases_revision" CHECK(revision BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "exposure_cases_received_on" CHECK(strftime('%Y-%m-%d', received_on) IS received_on),
	CONSTRAINT "exposure_cases_due_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', due_at) IS due_at),
	CONSTRAINT "exposure_cases_is_due_certain" CHECK(is_due_certain IN (0, 1)),
	CONSTRAINT "exposure_cases_is_extended" CHECK(is_extended IN (0, 1)),
	CONSTRAINT "exposure_cases_opened_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', opened_at) IS opened_at),
	CONSTRAINT "exposure_cases_decided_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', decided_at) IS decided_at),
	CONSTRAINT "exposure_cases_decided" CHECK((outcome IS NULL) = (decided_by IS NULL) AND (outcome IS NULL) = (decided_at IS NULL) AND (outcome IS NULL) = (basis IS NULL)),
	CONSTRAINT "exposure_cases_two" CHECK(outcome IS NULL OR outcome NOT IN ('repaired', 'revoked') OR decided_by <> opened_by)
) STRICT;
--> statement-breakpoint
CREATE INDEX `exposure_cases_open` ON `exposure_cases` (`outcome`,`due_at`);
--> statement-breakpoint
CREATE INDEX `exposure_cases_exposure` ON `exposure_cases` (`exposure_id`,`opened_at`);
--> statement-breakpoint
CREATE TABLE `exposure_draft_events` (
	`draft_id` text NOT NULL,
	`revision` integer NOT NULL,
	`at` text NOT NULL,
	`account_id` text NOT NULL,
	`event` text NOT NULL,
	`to_state` text NOT NULL,
	`hash` text NOT NULL,
	`reason` text NOT NULL,
	PRIMARY KEY(`draft_id`, `revision`),
	FOREIGN KEY (`draft_id`) REFERENCES `exposure_drafts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`account_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "exposure_draft_events_revision" CHECK(revision BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "exposure_draft_events_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at),
	CONSTRAINT "exposure_draft_events_event" CHECK(event = 'create' OR event = 'edit' OR event = 'submit' OR event = 'release' OR event = 'returnToAuthor' OR event = 'recall' OR event = 'discard'),
	CONSTRAINT "exposure_draft_events_to_state" CHECK(to_state = 'drafting' OR to_state = 'review' OR to_state = 'released' OR to_state = 'discarded')
) STRICT;
--> statement-breakpoint
CREATE TABLE `exposure_drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`county` text NOT NULL,
	`state` text NOT NULL,
	`revision` integer NOT NULL,
	`content` text NOT NULL,
	`hash` text NOT NULL,
	`party_name` text NOT NULL,
	`decision_no` text NOT NULL,
	`author_id` text NOT NULL,
	`releaser_id` text,
	`released_hash` text,
	`exposure_id` text,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`author_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`releaser_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`exposure_id`) REFERENCES `exposures`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "exposure_drafts_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "exposure_drafts_state" CHECK(state = 'drafting' OR state = 'review' OR state = 'released' OR state = 'discarded'),
	CONSTRAINT "exposure_drafts_revision" CHECK(revision BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "exposure_drafts_content" CHECK(json_valid(content)),
	CONSTRAINT "exposure_drafts_created_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at),
	CONSTRAINT "exposure_drafts_updated_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at),
	CONSTRAINT "exposure_drafts_two" CHECK(releaser_id IS NULL OR releaser_id <> author_id),
	CONSTRAINT "exposure_drafts_released" CHECK((state = 'released') = (releaser_id IS NOT NULL) AND (state = 'released') = (exposure_id IS NOT NULL) AND (releaser_id IS NULL OR released_hash IS hash))
) STRICT;
--> statement-breakpoint
CREATE INDEX `exposure_drafts_queue` ON `exposure_drafts` (`state`,`county`,`updated_at`);
--> statement-breakpoint
CREATE INDEX `exposure_drafts_exposure` ON `exposure_drafts` (`exposure_id`);
--> statement-breakpoint
CREATE TRIGGER exposure_draft_events_no_update BEFORE UPDATE ON exposure_draft_events
BEGIN SELECT RAISE(ABORT, 'exposure_draft_events is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER exposure_draft_events_no_delete BEFORE DELETE ON exposure_draft_events
BEGIN SELECT RAISE(ABORT, 'exposure_draft_events is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER exchange_records_no_update BEFORE UPDATE ON exchange_records
BEGIN SELECT RAISE(ABORT, 'exchange_records is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER exchange_records_no_delete BEFORE DELETE ON exchange_records
BEGIN SELECT RAISE(ABORT, 'exchange_records is append-only'); END;
