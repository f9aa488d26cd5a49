DROP TRIGGER public_submissions_no_update;
--> statement-breakpoint
DROP TRIGGER public_submission_files_no_update;
--> statement-breakpoint
DROP TRIGGER public_submission_files_no_delete;
--> statement-breakpoint
ALTER TABLE `foi_topics` RENAME COLUMN "published_at" TO "published_path";
--> statement-breakpoint
ALTER TABLE `public_submission_files` ADD `event_seq` integer REFERENCES case_events(seq);
--> statement-breakpoint
CREATE INDEX `public_submission_files_event` ON `public_submission_files` (`event_seq`);
--> statement-breakpoint
ALTER TABLE `case_events` DROP CONSTRAINT case_events_kind;
--> statement-breakpoint
ALTER TABLE `case_events` DROP CONSTRAINT case_events_decision;
--> statement-breakpoint
ALTER TABLE `case_events` ADD CONSTRAINT case_events_kind CHECK (kind = 'assigned' OR kind = 'accepted' OR kind = 'transferred' OR kind = 'outcome' OR kind = 'proposed' OR kind = 'extended' OR kind = 'refused' OR kind = 'paused' OR kind = 'resumed' OR kind = 'asked' OR kind = 'replied' OR kind = 'escalated' OR kind = 'noted' OR kind = 'rerouted' OR kind = 'answered' OR kind = 'declined' OR kind = 'closed');
--> statement-breakpoint
ALTER TABLE `case_events` ADD CONSTRAINT case_events_decision CHECK (decision = 'alreadyPublic' OR decision = 'willBePublic' OR decision = 'granted' OR decision = 'partlyGranted' OR decision = 'stateSecret' OR decision = 'prohibited' OR decision = 'security' OR decision = 'thirdParty' OR decision = 'internal' OR decision = 'process' OR decision = 'caseFile' OR decision = 'registry' OR decision = 'notHeld' OR decision = 'notOurDuty' OR decision = 'toBeMade' OR decision = 'unclear' OR decision = 'petition' OR decision = 'repeated' OR decision = 'publication' OR decision = 'excessive' OR decision = 'confirmation' OR decision = 'notCorrected' OR decision = 'notPaid' OR decision = 'question' OR decision = 'withdrawn');
--> statement-breakpoint
CREATE TABLE `__new_public_submission_files` (
	`id` text PRIMARY KEY NOT NULL,
	`submission_id` text NOT NULL,
	`size` integer NOT NULL,
	`addition_id` text,
	`event_seq` integer,
	`sealed_name` blob NOT NULL,
	`sealed` blob NOT NULL,
	FOREIGN KEY (`submission_id`) REFERENCES `public_submissions`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`addition_id`) REFERENCES `public_additions`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`event_seq`) REFERENCES `case_events`(`seq`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "public_submission_files_size" CHECK(size BETWEEN 0 AND 9007199254740991)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_public_submission_files` (`id`, `submission_id`, `size`, `addition_id`, `event_seq`, `sealed_name`, `sealed`) SELECT `id`, `submission_id`, `size`, `addition_id`, `event_seq`, `sealed_name`, `sealed` FROM `public_submission_files`;
--> statement-breakpoint
DROP TABLE `public_submission_files`;
--> statement-breakpoint
ALTER TABLE `__new_public_submission_files` RENAME TO `public_submission_files`;
--> statement-breakpoint
CREATE INDEX public_submission_files_submission ON public_submission_files(submission_id);
--> statement-breakpoint
CREATE INDEX public_submission_files_addition ON public_submission_files(addition_id);
--> statement-breakpoint
CREATE INDEX public_submission_files_event ON public_submission_files(event_seq);
--> statement-breakpoint
CREATE TRIGGER public_submissions_no_update BEFORE UPDATE ON public_submissions
WHEN (old.id, old.county, old.notice_id, old.received_on, old.receipt_hash, old.commitment, old.reply_recipient, old.was_worked_for, old.applicant_type)
    IS NOT (new.id, new.county, new.notice_id, new.received_on, new.receipt_hash, new.commitment, new.reply_recipient, new.was_worked_for, new.applicant_type)
  OR (NOT EXISTS (SELECT 1 FROM case_erasures WHERE submission_id = old.id) OR length(new.sealed) > 0 OR length(new.reply_identity) > 0 OR new.fingerprint IS NOT NULL OR new.kind <> old.kind) AND (NOT EXISTS (SELECT 1 FROM case_events e WHERE e.submission_id = old.id AND e.kind = 'rerouted')
    OR old.kind <> 'disclosureRequest' OR new.kind NOT IN ('consultation', 'tipOff')
    OR (old.sealed, old.reply_identity) IS NOT (new.sealed, new.reply_identity)
    OR new.fingerprint IS NOT NULL AND new.fingerprint IS NOT old.fingerprint)
BEGIN SELECT RAISE(ABORT, 'public_submissions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER public_submission_files_no_update BEFORE UPDATE ON public_submission_files
BEGIN SELECT RAISE(ABORT, 'public_submission_files is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER public_submission_files_no_delete BEFORE DELETE ON public_submission_files
WHEN NOT EXISTS (SELECT 1 FROM case_erasures WHERE submission_id = old.submission_id)
BEGIN SELECT RAISE(ABORT, 'public_submission_files is append-only'); END;
