DROP TRIGGER public_submission_files_no_update;
--> statement-breakpoint
DROP TRIGGER public_submission_files_no_delete;
--> statement-breakpoint
DROP TRIGGER public_additions_no_delete;
--> statement-breakpoint
DROP TRIGGER case_events_no_update;
--> statement-breakpoint
DROP TRIGGER case_events_no_delete;
--> statement-breakpoint
DROP TRIGGER public_submissions_no_update;
--> statement-breakpoint
DROP TRIGGER public_submissions_no_delete;
--> statement-breakpoint
CREATE TABLE `foi_deliveries` (
	`seq` integer PRIMARY KEY NOT NULL,
	`letter_id` text NOT NULL,
	`submission_id` text NOT NULL,
	`method` text NOT NULL,
	`delivered_on` text NOT NULL,
	`sealed` blob,
	`account_id` text NOT NULL,
	`at` text NOT NULL,
	FOREIGN KEY (`letter_id`) REFERENCES `foi_letters`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`submission_id`) REFERENCES `public_submissions`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`account_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "foi_deliveries_method" CHECK(method = 'online' OR method = 'email' OR method = 'registered' OR method = 'inPerson' OR method = 'fax'),
	CONSTRAINT "foi_deliveries_delivered_on" CHECK(strftime('%Y-%m-%d', delivered_on) IS delivered_on),
	CONSTRAINT "foi_deliveries_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at)
) STRICT;
--> statement-breakpoint
CREATE INDEX `foi_deliveries_letter` ON `foi_deliveries` (`letter_id`);
--> statement-breakpoint
CREATE INDEX `foi_deliveries_submission` ON `foi_deliveries` (`submission_id`);
--> statement-breakpoint
CREATE TABLE `foi_letters` (
	`id` text PRIMARY KEY NOT NULL,
	`submission_id` text NOT NULL,
	`event_seq` integer,
	`kind` text NOT NULL,
	`year` integer NOT NULL,
	`serial` integer NOT NULL,
	`issued_on` text NOT NULL,
	`sealed` blob NOT NULL,
	`is_for_person` integer NOT NULL,
	`account_id` text NOT NULL,
	FOREIGN KEY (`submission_id`) REFERENCES `public_submissions`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`event_seq`) REFERENCES `case_events`(`seq`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`account_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "foi_letters_kind" CHECK(kind = 'registration' OR kind = 'correction' OR kind = 'thirdParty' OR kind = 'otherBody' OR kind = 'extension' OR kind = 'fee' OR kind = 'decision' OR kind = 'receipt'),
	CONSTRAINT "foi_letters_year" CHECK(year BETWEEN 2000 AND 2100),
	CONSTRAINT "foi_letters_serial" CHECK(serial BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "foi_letters_issued_on" CHECK(strftime('%Y-%m-%d', issued_on) IS issued_on),
	CONSTRAINT "foi_letters_is_for_person" CHECK(is_for_person IN (0, 1))
) STRICT;
--> statement-breakpoint
CREATE INDEX `foi_letters_submission` ON `foi_letters` (`submission_id`);
--> statement-breakpoint
CREATE INDEX `foi_letters_event` ON `foi_letters` (`event_seq`);
--> statement-breakpoint
CREATE UNIQUE INDEX `foi_letters_number` ON `foi_letters` (`year`,`serial`);
--> statement-breakpoint
CREATE TABLE `foi_request_topics` (
	`submission_id` text PRIMARY KEY NOT NULL,
	`topic_id` text NOT NULL,
	FOREIGN KEY (`submission_id`) REFERENCES `public_submissions`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`topic_id`) REFERENCES `foi_topics`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED
) STRICT;
--> statement-breakpoint
CREATE INDEX `foi_request_topics_topic` ON `foi_request_topics` (`topic_id`);
--> statement-breakpoint
CREATE TABLE `foi_review_outcomes` (
	`review_id` text PRIMARY KEY NOT NULL,
	`outcome` text NOT NULL,
	`decided_on` text NOT NULL,
	`account_id` text NOT NULL,
	`at` text NOT NULL,
	FOREIGN KEY (`review_id`) REFERENCES `foi_reviews`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`account_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "foi_review_outcomes_outcome" CHECK(outcome = 'upheld' OR outcome = 'corrected' OR outcome = 'other'),
	CONSTRAINT "foi_review_outcomes_decided_on" CHECK(strftime('%Y-%m-%d', decided_on) IS decided_on),
	CONSTRAINT "foi_review_outcomes_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at)
) STRICT;
--> statement-breakpoint
CREATE TABLE `foi_reviews` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`submission_id` text,
	`filed_on` text NOT NULL,
	`body` text NOT NULL,
	`number` text NOT NULL,
	`account_id` text NOT NULL,
	`at` text NOT NULL,
	FOREIGN KEY (`submission_id`) REFERENCES `public_submissions`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`account_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "foi_reviews_kind" CHECK(kind = 'reconsideration' OR kind = 'litigation' OR kind = 'litigationAfterReconsideration'),
	CONSTRAINT "foi_reviews_filed_on" CHECK(strftime('%Y-%m-%d', filed_on) IS filed_on),
	CONSTRAINT "foi_reviews_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at)
) STRICT;
--> statement-breakpoint
CREATE INDEX `foi_reviews_filed` ON `foi_reviews` (`filed_on`);
--> statement-breakpoint
CREATE INDEX `foi_reviews_submission` ON `foi_reviews` (`submission_id`);
--> statement-breakpoint
CREATE TABLE `foi_topics` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`created_on` text NOT NULL,
	`decision` text,
	`reason` text,
	`decided_on` text,
	`decided_by` text,
	`published_at` text,
	`published_on` text,
	`released_by` text,
	`released_at` text,
	FOREIGN KEY (`decided_by`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`released_by`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "foi_topics_created_on" CHECK(strftime('%Y-%m-%d', created_on) IS created_on),
	CONSTRAINT "foi_topics_decision" CHECK(decision = 'publish' OR decision = 'decline'),
	CONSTRAINT "foi_topics_decided_on" CHECK(strftime('%Y-%m-%d', decided_on) IS decided_on),
	CONSTRAINT "foi_topics_published_on" CHECK(strftime('%Y-%m-%d', published_on) IS published_on),
	CONSTRAINT "foi_topics_released_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', released_at) IS released_at),
	CONSTRAINT "foi_topics_two_people" CHECK(released_by IS NULL OR released_by <> decided_by)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `foi_topics_name_unique` ON `foi_topics` (`name`);
--> statement-breakpoint
CREATE TABLE `holiday_plans` (
	`seq` integer PRIMARY KEY NOT NULL,
	`year` integer NOT NULL,
	`document` text NOT NULL,
	`plan` text NOT NULL,
	`account_id` text NOT NULL,
	`at` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "holiday_plans_year" CHECK(year BETWEEN 2000 AND 2100),
	CONSTRAINT "holiday_plans_plan" CHECK(json_valid(plan)),
	CONSTRAINT "holiday_plans_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at)
) STRICT;
--> statement-breakpoint
CREATE TABLE `case_erasures` (
	`submission_id` text PRIMARY KEY NOT NULL,
	`erased_on` text NOT NULL,
	`years` integer NOT NULL,
	FOREIGN KEY (`submission_id`) REFERENCES `public_submissions`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "case_erasures_erased_on" CHECK(strftime('%Y-%m-%d', erased_on) IS erased_on),
	CONSTRAINT "case_erasures_years" CHECK(years BETWEEN 1 AND 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE TABLE `case_notices` (
	`event_seq` integer PRIMARY KEY NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`due_at` text NOT NULL,
	`state` text NOT NULL,
	FOREIGN KEY (`event_seq`) REFERENCES `case_events`(`seq`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "case_notices_attempts" CHECK(attempts BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "case_notices_due_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', due_at) IS due_at),
	CONSTRAINT "case_notices_state" CHECK(state = 'pending' OR state = 'sent' OR state = 'dead')
) STRICT;
--> statement-breakpoint
CREATE INDEX `case_notices_due` ON `case_notices` (`state`,`due_at`);
--> statement-breakpoint
ALTER TABLE `public_submission_files` ADD `addition_id` text REFERENCES public_additions(id);
--> statement-breakpoint
CREATE INDEX `public_submission_files_addition` ON `public_submission_files` (`addition_id`);
--> statement-breakpoint
CREATE TABLE `__new_case_events` (
	`seq` integer PRIMARY KEY NOT NULL,
	`submission_id` text NOT NULL,
	`kind` text NOT NULL,
	`occurred_on` text NOT NULL,
	`account_id` text NOT NULL,
	`owner_id` text,
	`department` text,
	`days` integer,
	`cause` text,
	`decision` text,
	`fee` integer,
	`sealed` blob,
	`is_for_person` integer NOT NULL,
	FOREIGN KEY (`submission_id`) REFERENCES `public_submissions`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`account_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`owner_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "case_events_kind" CHECK(kind = 'assigned' OR kind = 'accepted' OR kind = 'transferred' OR kind = 'outcome' OR kind = 'proposed' OR kind = 'extended' OR kind = 'refused' OR kind = 'paused' OR kind = 'resumed' OR kind = 'asked' OR kind = 'replied' OR kind = 'escalated' OR kind = 'noted' OR kind = 'answered' OR kind = 'declined' OR kind = 'closed'),
	CONSTRAINT "case_events_occurred_on" CHECK(strftime('%Y-%m-%d', occurred_on) IS occurred_on),
	CONSTRAINT "case_events_days" CHECK(days BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "case_events_cause" CHECK(cause = 'correction' OR cause = 'thirdParty' OR cause = 'otherBody' OR cause = 'fee'),
	CONSTRAINT "case_events_decision" CHECK(decision = 'alreadyPublic' OR decision = 'willBePublic' OR decision = 'granted' OR decision = 'partlyGranted' OR decision = 'stateSecret' OR decision = 'prohibited' OR decision = 'security' OR decision = 'thirdParty' OR decision = 'internal' OR decision = 'process' OR decision = 'caseFile' OR decision = 'registry' OR decision = 'notHeld' OR decision = 'notOurDuty' OR decision = 'toBeMade' OR decision = 'unclear' OR decision = 'petition' OR decision = 'repeated' OR decision = 'publication' OR decision = 'excessive' OR decision = 'confirmation' OR decision = 'notCorrected' OR decision = 'notPaid' OR decision = 'withdrawn'),
	CONSTRAINT "case_events_fee" CHECK(fee BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "case_events_is_for_person" CHECK(is_for_person IN (0, 1))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_case_events` (`seq`, `submission_id`, `kind`, `occurred_on`, `account_id`, `owner_id`, `department`, `days`, `cause`, `decision`, `sealed`, `is_for_person`) SELECT `seq`, `submission_id`, `kind`, `occurred_on`, `account_id`, `owner_id`, `department`, `days`, `cause`, `decision`, `sealed`, `is_for_person` FROM `case_events`;
--> statement-breakpoint
DROP TABLE `case_events`;
--> statement-breakpoint
ALTER TABLE `__new_case_events` RENAME TO `case_events`;
--> statement-breakpoint
CREATE TABLE `__new_public_submission_files` (
	`id` text PRIMARY KEY NOT NULL,
	`submission_id` text NOT NULL,
	`size` integer NOT NULL,
	`addition_id` text,
	`sealed_name` blob NOT NULL,
	`sealed` blob NOT NULL,
	FOREIGN KEY (`submission_id`) REFERENCES `public_submissions`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`addition_id`) REFERENCES `public_additions`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "public_submission_files_size" CHECK(size BETWEEN 0 AND 9007199254740991)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_public_submission_files` (`id`, `submission_id`, `size`, `addition_id`, `sealed_name`, `sealed`) SELECT `id`, `submission_id`, `size`, `addition_id`, `sealed_name`, `sealed` FROM `public_submission_files`;
--> statement-breakpoint
DROP TABLE `public_submission_files`;
--> statement-breakpoint
ALTER TABLE `__new_public_submission_files` RENAME TO `public_submission_files`;
--> statement-breakpoint
CREATE TABLE `__new_public_submissions` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`county` text NOT NULL,
	`notice_id` text,
	`received_on` text NOT NULL,
	`receipt_hash` text NOT NULL,
	`sealed` blob NOT NULL,
	`commitment` text NOT NULL,
	`fingerprint` text,
	`reply_recipient` text NOT NULL,
	`reply_identity` blob NOT NULL,
	`was_worked_for` integer NOT NULL,
	`applicant_type` text,
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "public_submissions_kind" CHECK(kind = 'consultation' OR kind = 'suggestion' OR kind = 'tipOff' OR kind = 'disclosureRequest' OR kind = 'objection' OR kind = 'challenge' OR kind = 'complaint' OR kind = 'creditRepair' OR kind = 'creditObjection' OR kind = 'correction'),
	CONSTRAINT "public_submissions_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "public_submissions_received_on" CHECK(strftime('%Y-%m-%d', received_on) IS received_on),
	CONSTRAINT "public_submissions_was_worked_for" CHECK(was_worked_for IN (0, 1)),
	CONSTRAINT "public_submissions_applicant_type" CHECK(applicant_type = 'person' OR applicant_type = 'business' OR applicant_type = 'research' OR applicant_type = 'socialOrganization' OR applicant_type = 'legalService' OR applicant_type = 'other')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_public_submissions` (`id`, `kind`, `county`, `notice_id`, `received_on`, `receipt_hash`, `sealed`, `commitment`, `fingerprint`, `reply_recipient`, `reply_identity`, `was_worked_for`) SELECT `id`, `kind`, `county`, `notice_id`, `received_on`, `receipt_hash`, `sealed`, `commitment`, `fingerprint`, `reply_recipient`, `reply_identity`, `was_worked_for` FROM `public_submissions`;
--> statement-breakpoint
DROP TABLE `public_submissions`;
--> statement-breakpoint
ALTER TABLE `__new_public_submissions` RENAME TO `public_submissions`;
--> statement-breakpoint
CREATE INDEX case_events_submission ON case_events(submission_id,seq);
--> statement-breakpoint
CREATE INDEX public_submission_files_submission ON public_submission_files(submission_id);
--> statement-breakpoint
CREATE INDEX public_submission_files_addition ON public_submission_files(addition_id);
--> statement-breakpoint
CREATE UNIQUE INDEX public_submissions_receiptHash_unique ON public_submissions(receipt_hash);
--> statement-breakpoint
CREATE INDEX public_submissions_received ON public_submissions(received_on);
--> statement-breakpoint
CREATE INDEX public_submissions_fingerprint ON public_submissions(fingerprint);
--> statement-breakpoint
CREATE INDEX public_submissions_notice ON public_submissions(notice_id);
--> statement-breakpoint
CREATE TRIGGER public_submissions_no_update BEFORE UPDATE ON public_submissions
WHEN (old.id, old.kind, old.county, old.notice_id, old.received_on, old.receipt_hash, old.commitment, old.reply_recipient, old.was_worked_for, old.applicant_type)
    IS NOT (new.id, new.kind, new.county, new.notice_id, new.received_on, new.receipt_hash, new.commitment, new.reply_recipient, new.was_worked_for, new.applicant_type)
  OR NOT EXISTS (SELECT 1 FROM case_erasures WHERE submission_id = old.id) OR length(new.sealed) > 0 OR length(new.reply_identity) > 0 OR new.fingerprint IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'public_submissions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER public_submissions_no_delete BEFORE DELETE ON public_submissions
BEGIN SELECT RAISE(ABORT, 'public_submissions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER public_submission_files_no_update BEFORE UPDATE ON public_submission_files
BEGIN SELECT RAISE(ABORT, 'public_submission_files is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER public_submission_files_no_delete BEFORE DELETE ON public_submission_files
WHEN NOT EXISTS (SELECT 1 FROM case_erasures WHERE submission_id = old.submission_id)
BEGIN SELECT RAISE(ABORT, 'public_submission_files is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER public_additions_no_delete BEFORE DELETE ON public_additions
WHEN NOT EXISTS (SELECT 1 FROM case_erasures WHERE submission_id = old.submission_id)
BEGIN SELECT RAISE(ABORT, 'public_additions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER case_events_no_update BEFORE UPDATE ON case_events
WHEN (old.seq, old.submission_id, old.kind, old.occurred_on, old.account_id, old.owner_id, old.department, old.days, old.cause, old.decision, old.fee, old.is_for_person)
    IS NOT (new.seq, new.submission_id, new.kind, new.occurred_on, new.account_id, new.owner_id, new.department, new.days, new.cause, new.decision, new.fee, new.is_for_person)
  OR NOT EXISTS (SELECT 1 FROM case_erasures WHERE submission_id = old.submission_id) OR new.sealed IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'case_events is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER case_events_no_delete BEFORE DELETE ON case_events
BEGIN SELECT RAISE(ABORT, 'case_events is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER case_erasures_no_update BEFORE UPDATE ON case_erasures
BEGIN SELECT RAISE(ABORT, 'case_erasures is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER case_erasures_no_delete BEFORE DELETE ON case_erasures
BEGIN SELECT RAISE(ABORT, 'case_erasures is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER foi_letters_no_update BEFORE UPDATE ON foi_letters
WHEN (old.id, old.submission_id, old.event_seq, old.kind, old.year, old.serial, old.issued_on, old.is_for_person, old.account_id)
    IS NOT (new.id, new.submission_id, new.event_seq, new.kind, new.year, new.serial, new.issued_on, new.is_for_person, new.account_id)
  OR NOT EXISTS (SELECT 1 FROM case_erasures WHERE submission_id = old.submission_id) OR length(new.sealed) > 0
BEGIN SELECT RAISE(ABORT, 'foi_letters is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER foi_letters_no_delete BEFORE DELETE ON foi_letters
BEGIN SELECT RAISE(ABORT, 'foi_letters is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER foi_deliveries_no_update BEFORE UPDATE ON foi_deliveries
WHEN (old.seq, old.letter_id, old.submission_id, old.method, old.delivered_on, old.account_id, old.at)
    IS NOT (new.seq, new.letter_id, new.submission_id, new.method, new.delivered_on, new.account_id, new.at)
  OR NOT EXISTS (SELECT 1 FROM case_erasures WHERE submission_id = old.submission_id) OR new.sealed IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'foi_deliveries is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER foi_deliveries_no_delete BEFORE DELETE ON foi_deliveries
BEGIN SELECT RAISE(ABORT, 'foi_deliveries is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER foi_reviews_no_update BEFORE UPDATE ON foi_reviews
BEGIN SELECT RAISE(ABORT, 'foi_reviews is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER foi_reviews_no_delete BEFORE DELETE ON foi_reviews
BEGIN SELECT RAISE(ABORT, 'foi_reviews is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER foi_review_outcomes_no_update BEFORE UPDATE ON foi_review_outcomes
BEGIN SELECT RAISE(ABORT, 'foi_review_outcomes is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER foi_review_outcomes_no_delete BEFORE DELETE ON foi_review_outcomes
BEGIN SELECT RAISE(ABORT, 'foi_review_outcomes is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER holiday_plans_no_update BEFORE UPDATE ON holiday_plans
BEGIN SELECT RAISE(ABORT, 'holiday_plans is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER holiday_plans_no_delete BEFORE DELETE ON holiday_plans
BEGIN SELECT RAISE(ABORT, 'holiday_plans is append-only'); END;
