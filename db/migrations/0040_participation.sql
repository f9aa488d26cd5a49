CREATE TABLE `case_events` (
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
	`sealed` blob,
	`is_for_person` integer NOT NULL,
	FOREIGN KEY (`submission_id`) REFERENCES `public_submissions`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`account_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`owner_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "case_events_kind" CHECK(kind = 'assigned' OR kind = 'accepted' OR kind = 'transferred' OR kind = 'outcome' OR kind = 'extended' OR kind = 'paused' OR kind = 'resumed' OR kind = 'asked' OR kind = 'replied' OR kind = 'escalated' OR kind = 'noted' OR kind = 'answered' OR kind = 'declined' OR kind = 'closed'),
	CONSTRAINT "case_events_occurred_on" CHECK(strftime('%Y-%m-%d', occurred_on) IS occurred_on),
	CONSTRAINT "case_events_days" CHECK(days BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "case_events_cause" CHECK(cause = 'correction' OR cause = 'thirdParty' OR cause = 'otherBody' OR cause = 'fee'),
	CONSTRAINT "case_events_decision" CHECK(decision = 'alreadyPublic' OR decision = 'willBePublic' OR decision = 'granted' OR decision = 'partlyGranted' OR decision = 'stateSecret' OR decision = 'prohibited' OR decision = 'security' OR decision = 'thirdParty' OR decision = 'internal' OR decision = 'process' OR decision = 'caseFile' OR decision = 'registry' OR decision = 'notHeld' OR decision = 'notOurDuty' OR decision = 'toBeMade' OR decision = 'unclear' OR decision = 'petition' OR decision = 'repeated' OR decision = 'publication' OR decision = 'excessive' OR decision = 'confirmation' OR decision = 'notCorrected' OR decision = 'notPaid' OR decision = 'withdrawn'),
	CONSTRAINT "case_events_is_for_person" CHECK(is_for_person IN (0, 1))
) STRICT;
--> statement-breakpoint
CREATE INDEX `case_events_submission` ON `case_events` (`submission_id`,`seq`);
--> statement-breakpoint
CREATE TABLE `case_mails` (
	`event_seq` integer PRIMARY KEY NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`due_at` text NOT NULL,
	`state` text NOT NULL,
	FOREIGN KEY (`event_seq`) REFERENCES `case_events`(`seq`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "case_mails_attempts" CHECK(attempts BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "case_mails_due_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', due_at) IS due_at),
	CONSTRAINT "case_mails_state" CHECK(state = 'pending' OR state = 'sent' OR state = 'dead')
) STRICT;
--> statement-breakpoint
CREATE INDEX `case_mails_due` ON `case_mails` (`state`,`due_at`);
--> statement-breakpoint
CREATE TABLE `ledger_entries` (
	`seq` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`occurred_on` text NOT NULL,
	`county` text NOT NULL,
	`count` integer NOT NULL,
	`department` text NOT NULL,
	`outcome` text NOT NULL,
	`account_id` text NOT NULL,
	`at` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "ledger_entries_kind" CHECK(kind = 'hotlineCall' OR kind = 'complaintTransferred' OR kind = 'bidderReferred'),
	CONSTRAINT "ledger_entries_occurred_on" CHECK(strftime('%Y-%m-%d', occurred_on) IS occurred_on),
	CONSTRAINT "ledger_entries_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "ledger_entries_count" CHECK(count BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "ledger_entries_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at)
) STRICT;
--> statement-breakpoint
CREATE INDEX `ledger_entries_occurred` ON `ledger_entries` (`occurred_on`);
--> statement-breakpoint
CREATE TABLE `public_additions` (
	`id` text PRIMARY KEY NOT NULL,
	`submission_id` text NOT NULL,
	`received_on` text NOT NULL,
	`after_event` integer NOT NULL,
	`sealed` blob NOT NULL,
	FOREIGN KEY (`submission_id`) REFERENCES `public_submissions`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "public_additions_received_on" CHECK(strftime('%Y-%m-%d', received_on) IS received_on),
	CONSTRAINT "public_additions_after_event" CHECK(after_event BETWEEN 0 AND 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE INDEX `public_additions_submission` ON `public_additions` (`submission_id`);
--> statement-breakpoint
CREATE TABLE `public_answers` (
	`id` text PRIMARY KEY NOT NULL,
	`submission_id` text NOT NULL,
	`kind` text NOT NULL,
	`county` text NOT NULL,
	`notice_id` text,
	`asked_on` text NOT NULL,
	`answered_on` text NOT NULL,
	`question` text NOT NULL,
	`answer` text NOT NULL,
	`search_text` text NOT NULL,
	`written_by` text NOT NULL,
	`written_at` text NOT NULL,
	`released_by` text,
	`released_at` text,
	`withdrawn_at` text,
	FOREIGN KEY (`submission_id`) REFERENCES `public_submissions`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`written_by`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`released_by`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "public_answers_kind" CHECK(kind = 'consultation' OR kind = 'suggestion' OR kind = 'tipOff' OR kind = 'disclosureRequest' OR kind = 'objection' OR kind = 'challenge' OR kind = 'complaint' OR kind = 'creditRepair' OR kind = 'creditObjection' OR kind = 'correction'),
	CONSTRAINT "public_answers_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "public_answers_asked_on" CHECK(strftime('%Y-%m-%d', asked_on) IS asked_on),
	CONSTRAINT "public_answers_answered_on" CHECK(strftime('%Y-%m-%d', answered_on) IS answered_on),
	CONSTRAINT "public_answers_written_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', written_at) IS written_at),
	CONSTRAINT "public_answers_released_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', released_at) IS released_at),
	CONSTRAINT "public_answers_withdrawn_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', withdrawn_at) IS withdrawn_at),
	CONSTRAINT "public_answers_two_people" CHECK(released_by IS NULL OR released_by <> written_by)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `public_answers_submissionId_unique` ON `public_answers` (`submission_id`);
--> statement-breakpoint
CREATE INDEX `public_answers_notice` ON `public_answers` (`notice_id`);
--> statement-breakpoint
CREATE INDEX `public_answers_released` ON `public_answers` (`released_at`);
--> statement-breakpoint
CREATE TABLE `public_submission_files` (
	`id` text PRIMARY KEY NOT NULL,
	`submission_id` text NOT NULL,
	`size` integer NOT NULL,
	`sealed_name` blob NOT NULL,
	`sealed` blob NOT NULL,
	FOREIGN KEY (`submission_id`) REFERENCES `public_submissions`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "public_submission_files_size" CHECK(size BETWEEN 0 AND 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE INDEX `public_submission_files_submission` ON `public_submission_files` (`submission_id`);
--> statement-breakpoint
CREATE TABLE `public_submissions` (
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
	`mail` blob,
	`was_worked_for` integer NOT NULL,
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "public_submissions_kind" CHECK(kind = 'consultation' OR kind = 'suggestion' OR kind = 'tipOff' OR kind = 'disclosureRequest' OR kind = 'objection' OR kind = 'challenge' OR kind = 'complaint' OR kind = 'creditRepair' OR kind = 'creditObjection' OR kind = 'correction'),
	CONSTRAINT "public_submissions_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "public_submissions_received_on" CHECK(strftime('%Y-%m-%d', received_on) IS received_on),
	CONSTRAINT "public_submissions_was_worked_for" CHECK(was_worked_for IN (0, 1))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `public_submissions_receiptHash_unique` ON `public_submissions` (`receipt_hash`);
--> statement-breakpoint
CREATE INDEX `public_submissions_received` ON `public_submissions` (`received_on`);
--> statement-breakpoint
CREATE INDEX `public_submissions_fingerprint` ON `public_submissions` (`fingerprint`);
--> statement-breakpoint
CREATE TABLE `used_form_tokens` (
	`hash` text PRIMARY KEY NOT NULL,
	`expires_on` text NOT NULL,
	CONSTRAINT "used_form_tokens_expires_on" CHECK(strftime('%Y-%m-%d', expires_on) IS expires_on)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `used_form_tokens_expires` ON `used_form_tokens` (`expires_on`);
--> statement-breakpoint
CREATE TRIGGER public_submissions_no_update BEFORE UPDATE ON public_submissions
BEGIN SELECT RAISE(ABORT, 'public_submissions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER public_submissions_no_delete BEFORE DELETE ON public_submissions
BEGIN SELECT RAISE(ABORT, 'public_submissions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER public_submission_files_no_update BEFORE UPDATE ON public_submission_files
BEGIN SELECT RAISE(ABORT, 'public_submission_files is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER public_submission_files_no_delete BEFORE DELETE ON public_submission_files
BEGIN SELECT RAISE(ABORT, 'public_submission_files is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER public_additions_no_update BEFORE UPDATE ON public_additions
BEGIN SELECT RAISE(ABORT, 'public_additions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER public_additions_no_delete BEFORE DELETE ON public_additions
BEGIN SELECT RAISE(ABORT, 'public_additions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER case_events_no_update BEFORE UPDATE ON case_events
BEGIN SELECT RAISE(ABORT, 'case_events is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER case_events_no_delete BEFORE DELETE ON case_events
BEGIN SELECT RAISE(ABORT, 'case_events is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER ledger_entries_no_update BEFORE UPDATE ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'ledger_entries is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER ledger_entries_no_delete BEFORE DELETE ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'ledger_entries is append-only'); END;
