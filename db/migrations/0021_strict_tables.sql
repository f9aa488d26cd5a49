DROP VIEW published_notices;
--> statement-breakpoint
DROP TRIGGER notice_versions_no_delete;
--> statement-breakpoint
DROP TRIGGER notice_counts_insert;
--> statement-breakpoint
DROP TRIGGER notice_counts_delete;
--> statement-breakpoint
DROP TRIGGER notice_counts_update;
--> statement-breakpoint
DROP TRIGGER organizations_insert;
--> statement-breakpoint
DROP TRIGGER organizations_delete;
--> statement-breakpoint
DROP TRIGGER organization_activity_insert;
--> statement-breakpoint
DROP TRIGGER organization_activity_delete;
--> statement-breakpoint
DROP TRIGGER organization_activity_update;
--> statement-breakpoint
DROP TRIGGER exposure_versions_no_delete;
--> statement-breakpoint
DROP TRIGGER exposure_events_no_update;
--> statement-breakpoint
DROP TRIGGER exposure_events_no_delete;
--> statement-breakpoint
DROP TRIGGER exposure_changes_insert;
--> statement-breakpoint
DROP TRIGGER exposure_changes_update;
--> statement-breakpoint
DROP TRIGGER exposure_changes_delete;
--> statement-breakpoint
DROP TRIGGER exposure_changes_event;
--> statement-breakpoint
DROP TRIGGER qualifications_changes_insert;
--> statement-breakpoint
DROP TRIGGER qualifications_changes_update;
--> statement-breakpoint
DROP TRIGGER qualifications_changes_delete;
--> statement-breakpoint
DROP TRIGGER achievements_changes_insert;
--> statement-breakpoint
DROP TRIGGER achievements_changes_update;
--> statement-breakpoint
DROP TRIGGER achievements_changes_delete;
--> statement-breakpoint
DROP TRIGGER honours_changes_insert;
--> statement-breakpoint
DROP TRIGGER honours_changes_update;
--> statement-breakpoint
DROP TRIGGER honours_changes_delete;
--> statement-breakpoint
DROP TRIGGER staff_certificates_changes_insert;
--> statement-breakpoint
DROP TRIGGER staff_certificates_changes_update;
--> statement-breakpoint
DROP TRIGGER staff_certificates_changes_delete;
--> statement-breakpoint
DROP TRIGGER library_changes_merge;
--> statement-breakpoint
DROP TRIGGER notice_versions_no_update;
--> statement-breakpoint
DROP TRIGGER exposure_versions_no_update;
--> statement-breakpoint
DROP TRIGGER redactions_no_update;
--> statement-breakpoint
DROP TRIGGER redactions_no_delete;
--> statement-breakpoint
CREATE TABLE `__new_achievements` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`source` text NOT NULL,
	`source_url` text,
	`valid_from` text,
	`valid_until` text,
	`checked_at` text NOT NULL,
	`mirror` text,
	`name` text NOT NULL,
	`owner` text,
	`amount_fen` integer,
	`finished_on` text,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`mirror`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "achievements_valid_from" CHECK(strftime('%Y-%m-%d', valid_from) IS valid_from),
	CONSTRAINT "achievements_valid_until" CHECK(strftime('%Y-%m-%d', valid_until) IS valid_until),
	CONSTRAINT "achievements_checked_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', checked_at) IS checked_at),
	CONSTRAINT "achievements_amount_fen" CHECK(amount_fen BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "achievements_finished_on" CHECK(strftime('%Y-%m-%d', finished_on) IS finished_on)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_achievements` (`id`, `organization_id`, `source`, `source_url`, `valid_from`, `valid_until`, `checked_at`, `mirror`, `name`, `owner`, `amount_fen`, `finished_on`) SELECT `id`, `organization_id`, `source`, `source_url`, `valid_from`, `valid_until`, `checked_at`, `mirror`, `name`, `owner`, `amount_fen`, `finished_on` FROM `achievements`;
--> statement-breakpoint
DROP TABLE `achievements`;
--> statement-breakpoint
ALTER TABLE `__new_achievements` RENAME TO `achievements`;
--> statement-breakpoint
CREATE TABLE `__new_attachments` (
	`notice_id` text NOT NULL,
	`position` integer NOT NULL,
	`name` text NOT NULL,
	`url` text NOT NULL,
	`media_type` text,
	`size` integer,
	PRIMARY KEY(`notice_id`, `position`),
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "attachments_position" CHECK(position BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "attachments_size" CHECK(size BETWEEN 0 AND 9007199254740991)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_attachments` (`notice_id`, `position`, `name`, `url`, `media_type`, `size`) SELECT `notice_id`, `position`, `name`, `url`, `media_type`, `size` FROM `attachments`;
--> statement-breakpoint
DROP TABLE `attachments`;
--> statement-breakpoint
ALTER TABLE `__new_attachments` RENAME TO `attachments`;
--> statement-breakpoint
CREATE TABLE `__new_code_keys` (
	`key` text NOT NULL,
	`notice_id` text NOT NULL,
	`whole` integer NOT NULL,
	PRIMARY KEY(`key`, `notice_id`),
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "code_keys_whole" CHECK(whole IN (0, 1))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_code_keys` (`key`, `notice_id`, `whole`) SELECT `key`, `notice_id`, `whole` FROM `code_keys`;
--> statement-breakpoint
DROP TABLE `code_keys`;
--> statement-breakpoint
ALTER TABLE `__new_code_keys` RENAME TO `code_keys`;
--> statement-breakpoint
CREATE TABLE `__new_confirmation_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`recipient` text NOT NULL,
	`host` text NOT NULL,
	`asked_at` text NOT NULL,
	CONSTRAINT "confirmation_requests_asked_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', asked_at) IS asked_at)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_confirmation_requests` (`id`, `recipient`, `host`, `asked_at`) SELECT `id`, `recipient`, `host`, `asked_at` FROM `confirmation_requests`;
--> statement-breakpoint
DROP TABLE `confirmation_requests`;
--> statement-breakpoint
ALTER TABLE `__new_confirmation_requests` RENAME TO `confirmation_requests`;
--> statement-breakpoint
CREATE TABLE `__new_exposure_changes` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`exposure_id` text NOT NULL,
	`created_at` text NOT NULL,
	CONSTRAINT "exposure_changes_created_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at)
) STRICT;
--> statement-breakpoint
INSERT INTO sqlite_sequence (name, seq) SELECT '__new_exposure_changes', seq FROM sqlite_sequence WHERE name = 'exposure_changes';
--> statement-breakpoint
INSERT INTO `__new_exposure_changes` (`seq`, `exposure_id`, `created_at`) SELECT `seq`, `exposure_id`, `created_at` FROM `exposure_changes`;
--> statement-breakpoint
DROP TABLE `exposure_changes`;
--> statement-breakpoint
ALTER TABLE `__new_exposure_changes` RENAME TO `exposure_changes`;
--> statement-breakpoint
CREATE TABLE `__new_exposure_events` (
	`exposure_id` text NOT NULL,
	`kind` text NOT NULL,
	`at` text NOT NULL,
	`basis` text NOT NULL,
	`recorded_at` text NOT NULL,
	PRIMARY KEY(`exposure_id`, `kind`, `at`),
	FOREIGN KEY (`exposure_id`) REFERENCES `exposures`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "exposure_events_kind" CHECK(kind IN ('objectionFiled', 'objectionResolved', 'corrected', 'repaired', 'revoked')),
	CONSTRAINT "exposure_events_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at),
	CONSTRAINT "exposure_events_recorded_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', recorded_at) IS recorded_at)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_exposure_events` (`exposure_id`, `kind`, `at`, `basis`, `recorded_at`) SELECT `exposure_id`, `kind`, `at`, `basis`, `recorded_at` FROM `exposure_events`;
--> statement-breakpoint
DROP TABLE `exposure_events`;
--> statement-breakpoint
ALTER TABLE `__new_exposure_events` RENAME TO `exposure_events`;
--> statement-breakpoint
CREATE TABLE `__new_exposure_versions` (
	`exposure_id` text NOT NULL,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`hash` text NOT NULL,
	`recorded_at` text NOT NULL,
	`reason` text NOT NULL,
	`raw_item_id` integer,
	`policy` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`exposure_id`, `version`),
	FOREIGN KEY (`exposure_id`) REFERENCES `exposures`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`raw_item_id`) REFERENCES `raw_items`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "exposure_versions_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "exposure_versions_content" CHECK(json_valid(content)),
	CONSTRAINT "exposure_versions_recorded_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', recorded_at) IS recorded_at),
	CONSTRAINT "exposure_versions_reason" CHECK(reason IN ('created', 'changed')),
	CONSTRAINT "exposure_versions_policy" CHECK(policy BETWEEN 0 AND 9007199254740991)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_exposure_versions` (`exposure_id`, `version`, `content`, `hash`, `recorded_at`, `reason`, `raw_item_id`, `policy`) SELECT `exposure_id`, `version`, `content`, `hash`, `recorded_at`, `reason`, `raw_item_id`, `policy` FROM `exposure_versions`;
--> statement-breakpoint
DROP TABLE `exposure_versions`;
--> statement-breakpoint
ALTER TABLE `__new_exposure_versions` RENAME TO `exposure_versions`;
--> statement-breakpoint
CREATE TABLE `__new_exposures` (
	`id` text PRIMARY KEY NOT NULL,
	`source_key` text NOT NULL,
	`source_item_id` text NOT NULL,
	`version` integer NOT NULL,
	`board` text NOT NULL,
	`county` text NOT NULL,
	`subject_type` text NOT NULL,
	`subject_key` text NOT NULL,
	`subject_uscc` text,
	`misconduct` text NOT NULL,
	`decision_key` text NOT NULL,
	`authority` text NOT NULL,
	`decision_date` text NOT NULL,
	`public_from` text NOT NULL,
	`public_until` text NOT NULL,
	`ended_at` text,
	`withheld` integer NOT NULL,
	`first_seen_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`last_seen_at` text NOT NULL,
	`gone_at` text,
	FOREIGN KEY (`source_key`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`id`,`version`) REFERENCES `exposure_versions`(`exposure_id`,`version`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "exposures_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "exposures_board" CHECK(board IN ('exposure', 'blacklist')),
	CONSTRAINT "exposures_county" CHECK(county IN ('jining', 'rencheng', 'yanzhou', 'qufu', 'zoucheng', 'weishan', 'yutai', 'jinxiang', 'jiaxiang', 'wenshang', 'sishui', 'liangshan', 'gaoxin', 'taibaihu', 'jingkai')),
	CONSTRAINT "exposures_subject_type" CHECK(subject_type IN ('procuringEntity', 'agency', 'supplier', 'organization', 'expert', 'individual')),
	CONSTRAINT "exposures_misconduct" CHECK(misconduct IN ('expertNotRecused', 'expertAbsent', 'expertBiasedScoring', 'expertPrivateContact', 'expertBribe', 'expertLeak', 'collusionWithBuyer', 'agencyMisconduct', 'bribery', 'borrowedQualification', 'lendingQualification', 'bidRiggingAmongBidders', 'maliciousComplaint', 'fraud', 'illegalSubcontract', 'refuseContract', 'breachOfContract', 'deviatingAgreement', 'avoidTendering', 'restrictCompetition', 'illegalTimeLimit', 'bondViolation', 'illegalAward', 'other')),
	CONSTRAINT "exposures_decision_date" CHECK(strftime('%Y-%m-%d', decision_date) IS decision_date),
	CONSTRAINT "exposures_public_from" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', public_from) IS public_from),
	CONSTRAINT "exposures_public_until" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', public_until) IS public_until),
	CONSTRAINT "exposures_ended_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', ended_at) IS ended_at),
	CONSTRAINT "exposures_withheld" CHECK(withheld IN (0, 1)),
	CONSTRAINT "exposures_first_seen_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', first_seen_at) IS first_seen_at),
	CONSTRAINT "exposures_updated_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at),
	CONSTRAINT "exposures_last_seen_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', last_seen_at) IS last_seen_at),
	CONSTRAINT "exposures_gone_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', gone_at) IS gone_at)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_exposures` (`id`, `source_key`, `source_item_id`, `version`, `board`, `county`, `subject_type`, `subject_key`, `subject_uscc`, `misconduct`, `decision_key`, `authority`, `decision_date`, `public_from`, `public_until`, `ended_at`, `withheld`, `first_seen_at`, `updated_at`, `last_seen_at`, `gone_at`) SELECT `id`, `source_key`, `source_item_id`, `version`, `board`, `county`, `subject_type`, `subject_key`, `subject_uscc`, `misconduct`, `decision_key`, `authority`, `decision_date`, `public_from`, `public_until`, `ended_at`, `withheld`, `first_seen_at`, `updated_at`, `last_seen_at`, `gone_at` FROM `exposures`;
--> statement-breakpoint
DROP TABLE `exposures`;
--> statement-breakpoint
ALTER TABLE `__new_exposures` RENAME TO `exposures`;
--> statement-breakpoint
CREATE TABLE `__new_handover_batches` (
	`id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` text,
	`error` text,
	`records` integer,
	`sha256` text,
	`created_at` text NOT NULL,
	`written_at` text,
	CONSTRAINT "handover_batches_state" CHECK(state IN ('pending', 'written', 'failed')),
	CONSTRAINT "handover_batches_attempts" CHECK(attempts BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "handover_batches_next_attempt_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', next_attempt_at) IS next_attempt_at),
	CONSTRAINT "handover_batches_records" CHECK(records BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "handover_batches_created_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at),
	CONSTRAINT "handover_batches_written_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', written_at) IS written_at)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_handover_batches` (`id`, `state`, `attempts`, `next_attempt_at`, `error`, `records`, `sha256`, `created_at`, `written_at`) SELECT `id`, `state`, `attempts`, `next_attempt_at`, `error`, `records`, `sha256`, `created_at`, `written_at` FROM `handover_batches`;
--> statement-breakpoint
DROP TABLE `handover_batches`;
--> statement-breakpoint
ALTER TABLE `__new_handover_batches` RENAME TO `handover_batches`;
--> statement-breakpoint
CREATE TABLE `__new_handovers` (
	`notice_id` text NOT NULL,
	`version` integer NOT NULL,
	`batch_id` text,
	`remark` text,
	PRIMARY KEY(`notice_id`, `version`),
	FOREIGN KEY (`batch_id`) REFERENCES `handover_batches`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`notice_id`,`version`) REFERENCES `notice_versions`(`notice_id`,`version`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "handovers_version" CHECK(version BETWEEN 1 AND 9007199254740991)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_handovers` (`notice_id`, `version`, `batch_id`, `remark`) SELECT `notice_id`, `version`, `batch_id`, `remark` FROM `handovers`;
--> statement-breakpoint
DROP TABLE `handovers`;
--> statement-breakpoint
ALTER TABLE `__new_handovers` RENAME TO `handovers`;
--> statement-breakpoint
CREATE TABLE `__new_honours` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`source` text NOT NULL,
	`source_url` text,
	`valid_from` text,
	`valid_until` text,
	`checked_at` text NOT NULL,
	`mirror` text,
	`name` text NOT NULL,
	`grade` text,
	`issuer` text,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`mirror`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "honours_valid_from" CHECK(strftime('%Y-%m-%d', valid_from) IS valid_from),
	CONSTRAINT "honours_valid_until" CHECK(strftime('%Y-%m-%d', valid_until) IS valid_until),
	CONSTRAINT "honours_checked_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', checked_at) IS checked_at)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_honours` (`id`, `organization_id`, `source`, `source_url`, `valid_from`, `valid_until`, `checked_at`, `mirror`, `name`, `grade`, `issuer`) SELECT `id`, `organization_id`, `source`, `source_url`, `valid_from`, `valid_until`, `checked_at`, `mirror`, `name`, `grade`, `issuer` FROM `honours`;
--> statement-breakpoint
DROP TABLE `honours`;
--> statement-breakpoint
ALTER TABLE `__new_honours` RENAME TO `honours`;
--> statement-breakpoint
CREATE TABLE `__new_incomplete_exposures` (
	`id` text PRIMARY KEY NOT NULL,
	`source_key` text NOT NULL,
	`source_item_id` text NOT NULL,
	`said` text NOT NULL,
	`missing` text NOT NULL,
	`supplement` text,
	`exposure_id` text,
	`first_seen_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`source_key`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`exposure_id`) REFERENCES `exposures`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "incomplete_exposures_said" CHECK(json_valid(said) AND json_type(said) = 'object'),
	CONSTRAINT "incomplete_exposures_missing" CHECK(json_valid(missing) AND json_type(missing) = 'array'),
	CONSTRAINT "incomplete_exposures_supplement" CHECK(json_valid(supplement) AND json_type(supplement) = 'object'),
	CONSTRAINT "incomplete_exposures_first_seen_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', first_seen_at) IS first_seen_at),
	CONSTRAINT "incomplete_exposures_updated_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_incomplete_exposures` (`id`, `source_key`, `source_item_id`, `said`, `missing`, `supplement`, `exposure_id`, `first_seen_at`, `updated_at`) SELECT `id`, `source_key`, `source_item_id`, `said`, `missing`, `supplement`, `exposure_id`, `first_seen_at`, `updated_at` FROM `incomplete_exposures`;
--> statement-breakpoint
DROP TABLE `incomplete_exposures`;
--> statement-breakpoint
ALTER TABLE `__new_incomplete_exposures` RENAME TO `incomplete_exposures`;
--> statement-breakpoint
CREATE TABLE `__new_ingest_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`source_key` text NOT NULL,
	`started_at` text NOT NULL,
	`finished_at` text,
	`state` text NOT NULL,
	`fetched` integer DEFAULT 0 NOT NULL,
	`created` integer DEFAULT 0 NOT NULL,
	`changed` integer DEFAULT 0 NOT NULL,
	`unchanged` integer DEFAULT 0 NOT NULL,
	`rejected` integer DEFAULT 0 NOT NULL,
	`error` text,
	FOREIGN KEY (`source_key`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "ingest_runs_started_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', started_at) IS started_at),
	CONSTRAINT "ingest_runs_finished_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', finished_at) IS finished_at),
	CONSTRAINT "ingest_runs_state" CHECK(state IN ('running', 'succeeded', 'failed', 'held', 'interrupted')),
	CONSTRAINT "ingest_runs_fetched" CHECK(fetched BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "ingest_runs_created" CHECK(created BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "ingest_runs_changed" CHECK(changed BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "ingest_runs_unchanged" CHECK(unchanged BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "ingest_runs_rejected" CHECK(rejected BETWEEN 0 AND 9007199254740991)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_ingest_runs` (`id`, `source_key`, `started_at`, `finished_at`, `state`, `fetched`, `created`, `changed`, `unchanged`, `rejected`, `error`) SELECT `id`, `source_key`, `started_at`, `finished_at`, `state`, `fetched`, `created`, `changed`, `unchanged`, `rejected`, `error` FROM `ingest_runs`;
--> statement-breakpoint
DROP TABLE `ingest_runs`;
--> statement-breakpoint
ALTER TABLE `__new_ingest_runs` RENAME TO `ingest_runs`;
--> statement-breakpoint
CREATE TABLE `__new_leases` (
	`name` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`token` integer NOT NULL,
	`expires_at` text NOT NULL,
	CONSTRAINT "leases_token" CHECK(token BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "leases_expires_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', expires_at) IS expires_at)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_leases` (`name`, `holder`, `token`, `expires_at`) SELECT `name`, `holder`, `token`, `expires_at` FROM `leases`;
--> statement-breakpoint
DROP TABLE `leases`;
--> statement-breakpoint
ALTER TABLE `__new_leases` RENAME TO `leases`;
--> statement-breakpoint
CREATE TABLE `__new_library_changes` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`block` text NOT NULL,
	`entry_id` text NOT NULL,
	`created_at` text NOT NULL,
	CONSTRAINT "library_changes_block" CHECK(block IN ('qualifications', 'achievements', 'honours', 'staff_certificates')),
	CONSTRAINT "library_changes_created_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at)
) STRICT;
--> statement-breakpoint
INSERT INTO sqlite_sequence (name, seq) SELECT '__new_library_changes', seq FROM sqlite_sequence WHERE name = 'library_changes';
--> statement-breakpoint
INSERT INTO `__new_library_changes` (`seq`, `block`, `entry_id`, `created_at`) SELECT `seq`, `block`, `entry_id`, `created_at` FROM `library_changes`;
--> statement-breakpoint
DROP TABLE `library_changes`;
--> statement-breakpoint
ALTER TABLE `__new_library_changes` RENAME TO `library_changes`;
--> statement-breakpoint
CREATE TABLE `__new_library_rejections` (
	`id` text PRIMARY KEY NOT NULL,
	`block` text NOT NULL,
	`source` text NOT NULL,
	`row` text NOT NULL,
	`reasons` text NOT NULL,
	`attempts` integer DEFAULT 1 NOT NULL,
	`first_seen_at` text NOT NULL,
	`last_tried_at` text NOT NULL,
	CONSTRAINT "library_rejections_block" CHECK(block IN ('qualifications', 'achievements', 'honours', 'staff_certificates')),
	CONSTRAINT "library_rejections_row" CHECK(json_valid(row) AND json_type(row) = 'object'),
	CONSTRAINT "library_rejections_reasons" CHECK(json_valid(reasons) AND json_type(reasons) = 'array'),
	CONSTRAINT "library_rejections_attempts" CHECK(attempts BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "library_rejections_first_seen_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', first_seen_at) IS first_seen_at),
	CONSTRAINT "library_rejections_last_tried_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', last_tried_at) IS last_tried_at)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_library_rejections` (`id`, `block`, `source`, `row`, `reasons`, `attempts`, `first_seen_at`, `last_tried_at`) SELECT `id`, `block`, `source`, `row`, `reasons`, `attempts`, `first_seen_at`, `last_tried_at` FROM `library_rejections`;
--> statement-breakpoint
DROP TABLE `library_rejections`;
--> statement-breakpoint
ALTER TABLE `__new_library_rejections` RENAME TO `library_rejections`;
--> statement-breakpoint
CREATE TABLE `__new_mirror_told` (
	`mirror` text NOT NULL,
	`subject` text NOT NULL,
	`id` text NOT NULL,
	PRIMARY KEY(`mirror`, `subject`, `id`),
	FOREIGN KEY (`mirror`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "mirror_told_subject" CHECK(subject IN ('notices', 'exposures', 'library'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_mirror_told` (`mirror`, `subject`, `id`) SELECT `mirror`, `subject`, `id` FROM `mirror_told`;
--> statement-breakpoint
DROP TABLE `mirror_told`;
--> statement-breakpoint
ALTER TABLE `__new_mirror_told` RENAME TO `mirror_told`;
--> statement-breakpoint
CREATE TABLE `__new_notice_aliases` (
	`source_key` text NOT NULL,
	`source_item_id` text NOT NULL,
	`notice_id` text NOT NULL,
	`url` text,
	`seen_at` text NOT NULL,
	PRIMARY KEY(`source_key`, `source_item_id`),
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "notice_aliases_seen_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', seen_at) IS seen_at)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_notice_aliases` (`source_key`, `source_item_id`, `notice_id`, `url`, `seen_at`) SELECT `source_key`, `source_item_id`, `notice_id`, `url`, `seen_at` FROM `notice_aliases`;
--> statement-breakpoint
DROP TABLE `notice_aliases`;
--> statement-breakpoint
ALTER TABLE `__new_notice_aliases` RENAME TO `notice_aliases`;
--> statement-breakpoint
CREATE TABLE `__new_notice_counts` (
	`category` text NOT NULL,
	`stage` text NOT NULL,
	`county` text NOT NULL,
	`year` integer NOT NULL,
	`total` integer NOT NULL,
	PRIMARY KEY(`category`, `stage`, `county`, `year`),
	CONSTRAINT "notice_counts_category" CHECK(category IN ('construction', 'procurement', 'land', 'mining', 'property', 'medical', 'general')),
	CONSTRAINT "notice_counts_stage" CHECK(stage IN ('tenderPlan', 'procurementIntention', 'prequalificationNotice', 'prequalificationResult', 'tenderNotice', 'singleSourceNotice', 'clarification', 'correctionNotice', 'openingRecord', 'candidateNotice', 'awardNotice', 'failureNotice', 'terminationNotice', 'suspensionNotice', 'resumptionNotice', 'contractNotice', 'performanceNotice', 'acceptanceNotice', 'complaintDecision', 'supervisionDecision', 'landSupplyPlan', 'landOffering', 'landOfferingSupplement', 'landDealNotice', 'landResult', 'miningOffering', 'miningDealNotice', 'miningRegistration', 'propertyPreDisclosure', 'propertyListing', 'propertyListingChange', 'propertyDeal')),
	CONSTRAINT "notice_counts_county" CHECK(county IN ('jining', 'rencheng', 'yanzhou', 'qufu', 'zoucheng', 'weishan', 'yutai', 'jinxiang', 'jiaxiang', 'wenshang', 'sishui', 'liangshan', 'gaoxin', 'taibaihu', 'jingkai')),
	CONSTRAINT "notice_counts_year" CHECK(year BETWEEN 1900 AND 9999),
	CONSTRAINT "notice_counts_total" CHECK(total BETWEEN 0 AND 9007199254740991)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_notice_counts` (`category`, `stage`, `county`, `year`, `total`) SELECT `category`, `stage`, `county`, `year`, `total` FROM `notice_counts`;
--> statement-breakpoint
DROP TABLE `notice_counts`;
--> statement-breakpoint
ALTER TABLE `__new_notice_counts` RENAME TO `notice_counts`;
--> statement-breakpoint
CREATE TABLE `__new_notice_parties` (
	`notice_id` text NOT NULL,
	`role` text NOT NULL,
	`name` text NOT NULL,
	`published_at` text NOT NULL,
	`county` text,
	`name_key` text,
	`uscc` text,
	`organization_id` text,
	`matched_by` text,
	`is_award` integer DEFAULT false NOT NULL,
	`award_fen` integer,
	PRIMARY KEY(`role`, `name`, `published_at`, `notice_id`),
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "notice_parties_role" CHECK(role IN ('buyer', 'agency', 'supplier')),
	CONSTRAINT "notice_parties_published_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', published_at) IS published_at),
	CONSTRAINT "notice_parties_county" CHECK(county IN ('jining', 'rencheng', 'yanzhou', 'qufu', 'zoucheng', 'weishan', 'yutai', 'jinxiang', 'jiaxiang', 'wenshang', 'sishui', 'liangshan', 'gaoxin', 'taibaihu', 'jingkai')),
	CONSTRAINT "notice_parties_matched_by" CHECK(matched_by IN ('code', 'name', 'reviewed', 'person')),
	CONSTRAINT "notice_parties_is_award" CHECK(is_award IN (0, 1)),
	CONSTRAINT "notice_parties_award_fen" CHECK(award_fen BETWEEN 0 AND 9007199254740991)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_notice_parties` (`notice_id`, `role`, `name`, `published_at`, `county`, `name_key`, `uscc`, `organization_id`, `matched_by`, `is_award`, `award_fen`) SELECT `notice_id`, `role`, `name`, `published_at`, `county`, `name_key`, `uscc`, `organization_id`, `matched_by`, `is_award`, `award_fen` FROM `notice_parties`;
--> statement-breakpoint
DROP TABLE `notice_parties`;
--> statement-breakpoint
ALTER TABLE `__new_notice_parties` RENAME TO `notice_parties`;
--> statement-breakpoint
CREATE TABLE `__new_notice_texts` (
	`notice_id` text PRIMARY KEY NOT NULL,
	`body` text NOT NULL,
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_notice_texts` (`notice_id`, `body`) SELECT `notice_id`, `body` FROM `notice_texts`;
--> statement-breakpoint
DROP TABLE `notice_texts`;
--> statement-breakpoint
ALTER TABLE `__new_notice_texts` RENAME TO `notice_texts`;
--> statement-breakpoint
CREATE TABLE `__new_notice_versions` (
	`notice_id` text NOT NULL,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`hash` text NOT NULL,
	`published_at` text NOT NULL,
	`reason` text NOT NULL,
	`raw_item_id` integer,
	`policy` integer NOT NULL,
	PRIMARY KEY(`notice_id`, `version`),
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`raw_item_id`) REFERENCES `raw_items`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "notice_versions_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "notice_versions_content" CHECK(json_valid(content)),
	CONSTRAINT "notice_versions_published_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', published_at) IS published_at),
	CONSTRAINT "notice_versions_reason" CHECK(reason IN ('created', 'changed', 'withdrawn', 'restored')),
	CONSTRAINT "notice_versions_policy" CHECK(policy BETWEEN 0 AND 9007199254740991)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_notice_versions` (`notice_id`, `version`, `content`, `hash`, `published_at`, `reason`, `raw_item_id`, `policy`) SELECT `notice_id`, `version`, `content`, `hash`, `published_at`, `reason`, `raw_item_id`, `policy` FROM `notice_versions`;
--> statement-breakpoint
DROP TABLE `notice_versions`;
--> statement-breakpoint
ALTER TABLE `__new_notice_versions` RENAME TO `notice_versions`;
--> statement-breakpoint
CREATE TABLE `__new_notices` (
	`id` text PRIMARY KEY NOT NULL,
	`source_key` text NOT NULL,
	`source_item_id` text NOT NULL,
	`version` integer NOT NULL,
	`title` text NOT NULL,
	`category` text NOT NULL,
	`stage` text NOT NULL,
	`county` text NOT NULL,
	`published_by` text NOT NULL,
	`project_id` text NOT NULL,
	`project_code` text,
	`lot_code` text,
	`buyer` text,
	`agency` text,
	`suppliers` text DEFAULT '[]' NOT NULL,
	`amount_fen` integer,
	`amount_kind` text,
	`deadline_at` text,
	`deadline_precision` text,
	`opening_at` text,
	`opening_precision` text,
	`closes_at` text GENERATED ALWAYS AS (CASE deadline_precision WHEN 'day' THEN strftime('%Y-%m-%dT%H:%M:%fZ', deadline_at, '+1 day') ELSE deadline_at END) VIRTUAL,
	`published_at` text NOT NULL,
	`published_precision` text NOT NULL,
	`facts` text DEFAULT '{}' NOT NULL,
	`source_url` text,
	`twin_key` text NOT NULL,
	`fingerprint` text NOT NULL,
	`first_seen_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`last_seen_at` text NOT NULL,
	`gone_at` text,
	`withdrawn_at` text,
	`canonical_id` text,
	`is_public` integer GENERATED ALWAYS AS ((withdrawn_at IS NULL AND canonical_id IS NULL)) STORED NOT NULL,
	`reading_rules` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`source_key`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`canonical_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`id`,`version`) REFERENCES `notice_versions`(`notice_id`,`version`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "notices_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "notices_category" CHECK(category IN ('construction', 'procurement', 'land', 'mining', 'property', 'medical', 'general')),
	CONSTRAINT "notices_stage" CHECK(stage IN ('tenderPlan', 'procurementIntention', 'prequalificationNotice', 'prequalificationResult', 'tenderNotice', 'singleSourceNotice', 'clarification', 'correctionNotice', 'openingRecord', 'candidateNotice', 'awardNotice', 'failureNotice', 'terminationNotice', 'suspensionNotice', 'resumptionNotice', 'contractNotice', 'performanceNotice', 'acceptanceNotice', 'complaintDecision', 'supervisionDecision', 'landSupplyPlan', 'landOffering', 'landOfferingSupplement', 'landDealNotice', 'landResult', 'miningOffering', 'miningDealNotice', 'miningRegistration', 'propertyPreDisclosure', 'propertyListing', 'propertyListingChange', 'propertyDeal')),
	CONSTRAINT "notices_county" CHECK(county IN ('jining', 'rencheng', 'yanzhou', 'qufu', 'zoucheng', 'weishan', 'yutai', 'jinxiang', 'jiaxiang', 'wenshang', 'sishui', 'liangshan', 'gaoxin', 'taibaihu', 'jingkai')),
	CONSTRAINT "notices_published_by" CHECK(published_by IN ('jining', 'rencheng', 'yanzhou', 'qufu', 'zoucheng', 'weishan', 'yutai', 'jinxiang', 'jiaxiang', 'wenshang', 'sishui', 'liangshan', 'gaoxin', 'taibaihu', 'jingkai')),
	CONSTRAINT "notices_suppliers" CHECK(json_valid(suppliers) AND json_type(suppliers) = 'array'),
	CONSTRAINT "notices_amount_fen" CHECK(amount_fen BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "notices_amount_kind" CHECK(amount_kind IN ('budget', 'ceiling', 'bid', 'award', 'contract', 'start', 'deal')),
	CONSTRAINT "notices_deadline_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', deadline_at) IS deadline_at),
	CONSTRAINT "notices_deadline_precision" CHECK(deadline_precision IN ('day', 'minute', 'second', 'endOfDay')),
	CONSTRAINT "notices_opening_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', opening_at) IS opening_at),
	CONSTRAINT "notices_opening_precision" CHECK(opening_precision IN ('day', 'minute', 'second', 'endOfDay')),
	CONSTRAINT "notices_closes_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', closes_at) IS closes_at),
	CONSTRAINT "notices_published_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', published_at) IS published_at),
	CONSTRAINT "notices_published_precision" CHECK(published_precision IN ('day', 'minute', 'second')),
	CONSTRAINT "notices_facts" CHECK(json_valid(facts) AND json_type(facts) = 'object'),
	CONSTRAINT "notices_first_seen_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', first_seen_at) IS first_seen_at),
	CONSTRAINT "notices_updated_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at),
	CONSTRAINT "notices_last_seen_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', last_seen_at) IS last_seen_at),
	CONSTRAINT "notices_gone_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', gone_at) IS gone_at),
	CONSTRAINT "notices_withdrawn_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', withdrawn_at) IS withdrawn_at),
	CONSTRAINT "notices_reading_rules" CHECK(reading_rules BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "notices_deadline" CHECK((deadline_at IS NULL) = (deadline_precision IS NULL)),
	CONSTRAINT "notices_opening" CHECK((opening_at IS NULL) = (opening_precision IS NULL)),
	CONSTRAINT "notices_amount" CHECK((amount_fen IS NULL) = (amount_kind IS NULL))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_notices` (`id`, `source_key`, `source_item_id`, `version`, `title`, `category`, `stage`, `county`, `published_by`, `project_id`, `project_code`, `lot_code`, `buyer`, `agency`, `suppliers`, `amount_fen`, `amount_kind`, `deadline_at`, `deadline_precision`, `opening_at`, `opening_precision`, `published_at`, `published_precision`, `facts`, `source_url`, `twin_key`, `fingerprint`, `first_seen_at`, `updated_at`, `last_seen_at`, `gone_at`, `withdrawn_at`, `canonical_id`, `reading_rules`) SELECT `id`, `source_key`, `source_item_id`, `version`, `title`, `category`, `stage`, `county`, `published_by`, `project_id`, `project_code`, `lot_code`, `buyer`, `agency`, `suppliers`, `amount_fen`, `amount_kind`, `deadline_at`, `deadline_precision`, `opening_at`, `opening_precision`, `published_at`, `published_precision`, `facts`, `source_url`, `twin_key`, `fingerprint`, `first_seen_at`, `updated_at`, `last_seen_at`, `gone_at`, `withdrawn_at`, `canonical_id`, `reading_rules` FROM `notices`;
--> statement-breakpoint
DROP TABLE `notices`;
--> statement-breakpoint
ALTER TABLE `__new_notices` RENAME TO `notices`;
--> statement-breakpoint
CREATE TABLE `__new_organization_activity` (
	`role` text NOT NULL,
	`county` text NOT NULL,
	`organization_id` text NOT NULL,
	`notices` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `role`, `county`),
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "organization_activity_role" CHECK(role IN ('', 'buyer', 'agency', 'supplier')),
	CONSTRAINT "organization_activity_county" CHECK(county IN ('', 'jining', 'rencheng', 'yanzhou', 'qufu', 'zoucheng', 'weishan', 'yutai', 'jinxiang', 'jiaxiang', 'wenshang', 'sishui', 'liangshan', 'gaoxin', 'taibaihu', 'jingkai')),
	CONSTRAINT "organization_activity_notices" CHECK(notices BETWEEN 0 AND 9007199254740991)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_organization_activity` (`role`, `county`, `organization_id`, `notices`) SELECT `role`, `county`, `organization_id`, `notices` FROM `organization_activity`;
--> statement-breakpoint
DROP TABLE `organization_activity`;
--> statement-breakpoint
ALTER TABLE `__new_organization_activity` RENAME TO `organization_activity`;
--> statement-breakpoint
CREATE TABLE `__new_organization_changes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`organization_id` text NOT NULL,
	`target_id` text,
	`name_key` text,
	`reason` text NOT NULL,
	`decided_by` text NOT NULL,
	`decided_at` text NOT NULL,
	`undone_by` text,
	`undone_at` text,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`target_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "organization_changes_kind" CHECK(kind IN ('merge', 'split', 'rename')),
	CONSTRAINT "organization_changes_decided_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', decided_at) IS decided_at),
	CONSTRAINT "organization_changes_undone_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', undone_at) IS undone_at),
	CONSTRAINT "organization_changes_undone" CHECK((undone_by IS NULL) = (undone_at IS NULL))
) STRICT;
--> statement-breakpoint
INSERT INTO sqlite_sequence (name, seq) SELECT '__new_organization_changes', seq FROM sqlite_sequence WHERE name = 'organization_changes';
--> statement-breakpoint
INSERT INTO `__new_organization_changes` (`id`, `kind`, `organization_id`, `target_id`, `name_key`, `reason`, `decided_by`, `decided_at`, `undone_by`, `undone_at`) SELECT `id`, `kind`, `organization_id`, `target_id`, `name_key`, `reason`, `decided_by`, `decided_at`, `undone_by`, `undone_at` FROM `organization_changes`;
--> statement-breakpoint
DROP TABLE `organization_changes`;
--> statement-breakpoint
ALTER TABLE `__new_organization_changes` RENAME TO `organization_changes`;
--> statement-breakpoint
CREATE TABLE `__new_organization_names` (
	`key` text NOT NULL,
	`organization_id` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`known` text NOT NULL,
	PRIMARY KEY(`key`, `organization_id`),
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "organization_names_kind" CHECK(kind IN ('current', 'former', 'branch')),
	CONSTRAINT "organization_names_known" CHECK(known IN ('notice', 'library', 'reviewed'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_organization_names` (`key`, `organization_id`, `name`, `kind`, `known`) SELECT `key`, `organization_id`, `name`, `kind`, `known` FROM `organization_names`;
--> statement-breakpoint
DROP TABLE `organization_names`;
--> statement-breakpoint
ALTER TABLE `__new_organization_names` RENAME TO `organization_names`;
--> statement-breakpoint
CREATE TABLE `__new_organizations` (
	`number` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`uscc` text,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`merged_into` text,
	`merged_how` text,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`merged_into`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "organizations_merged_how" CHECK(merged_how IN ('code', 'reviewed')),
	CONSTRAINT "organizations_created_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at),
	CONSTRAINT "organizations_updated_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at),
	CONSTRAINT "organizations_merged" CHECK((merged_into IS NULL) = (merged_how IS NULL))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_organizations` (`number`, `id`, `uscc`, `name`, `name_key`, `merged_into`, `merged_how`, `created_at`, `updated_at`) SELECT `number`, `id`, `uscc`, `name`, `name_key`, `merged_into`, `merged_how`, `created_at`, `updated_at` FROM `organizations`;
--> statement-breakpoint
DROP TABLE `organizations`;
--> statement-breakpoint
ALTER TABLE `__new_organizations` RENAME TO `organizations`;
--> statement-breakpoint
CREATE TABLE `__new_outbox` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`notice_id` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`notice_id`,`version`) REFERENCES `notice_versions`(`notice_id`,`version`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "outbox_kind" CHECK(kind IN ('notice.upsert', 'notice.remove')),
	CONSTRAINT "outbox_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "outbox_created_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at)
) STRICT;
--> statement-breakpoint
INSERT INTO sqlite_sequence (name, seq) SELECT '__new_outbox', seq FROM sqlite_sequence WHERE name = 'outbox';
--> statement-breakpoint
INSERT INTO `__new_outbox` (`seq`, `kind`, `notice_id`, `version`, `created_at`) SELECT `seq`, `kind`, `notice_id`, `version`, `created_at` FROM `outbox`;
--> statement-breakpoint
DROP TABLE `outbox`;
--> statement-breakpoint
ALTER TABLE `__new_outbox` RENAME TO `outbox`;
--> statement-breakpoint
CREATE TABLE `__new_projects` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text,
	`title` text NOT NULL,
	`category` text NOT NULL,
	`county` text NOT NULL,
	`buyer` text,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	CONSTRAINT "projects_category" CHECK(category IN ('construction', 'procurement', 'land', 'mining', 'property', 'medical', 'general')),
	CONSTRAINT "projects_county" CHECK(county IN ('jining', 'rencheng', 'yanzhou', 'qufu', 'zoucheng', 'weishan', 'yutai', 'jinxiang', 'jiaxiang', 'wenshang', 'sishui', 'liangshan', 'gaoxin', 'taibaihu', 'jingkai')),
	CONSTRAINT "projects_created_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at),
	CONSTRAINT "projects_updated_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_projects` (`id`, `code`, `title`, `category`, `county`, `buyer`, `created_at`, `updated_at`) SELECT `id`, `code`, `title`, `category`, `county`, `buyer`, `created_at`, `updated_at` FROM `projects`;
--> statement-breakpoint
DROP TABLE `projects`;
--> statement-breakpoint
ALTER TABLE `__new_projects` RENAME TO `projects`;
--> statement-breakpoint
CREATE TABLE `__new_push_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`county` text NOT NULL,
	`source_key` text NOT NULL,
	`public_key` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text,
	`revoked_at` text,
	FOREIGN KEY (`source_key`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "push_keys_county" CHECK(county IN ('jining', 'rencheng', 'yanzhou', 'qufu', 'zoucheng', 'weishan', 'yutai', 'jinxiang', 'jiaxiang', 'wenshang', 'sishui', 'liangshan', 'gaoxin', 'taibaihu', 'jingkai')),
	CONSTRAINT "push_keys_created_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at),
	CONSTRAINT "push_keys_expires_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', expires_at) IS expires_at),
	CONSTRAINT "push_keys_revoked_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', revoked_at) IS revoked_at)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_push_keys` (`id`, `county`, `source_key`, `public_key`, `created_at`, `expires_at`, `revoked_at`) SELECT `id`, `county`, `source_key`, `public_key`, `created_at`, `expires_at`, `revoked_at` FROM `push_keys`;
--> statement-breakpoint
DROP TABLE `push_keys`;
--> statement-breakpoint
ALTER TABLE `__new_push_keys` RENAME TO `push_keys`;
--> statement-breakpoint
CREATE TABLE `__new_push_nonces` (
	`key_id` text NOT NULL,
	`nonce` text NOT NULL,
	`seen_at` text NOT NULL,
	PRIMARY KEY(`key_id`, `nonce`),
	FOREIGN KEY (`key_id`) REFERENCES `push_keys`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "push_nonces_seen_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', seen_at) IS seen_at)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_push_nonces` (`key_id`, `nonce`, `seen_at`) SELECT `key_id`, `nonce`, `seen_at` FROM `push_nonces`;
--> statement-breakpoint
DROP TABLE `push_nonces`;
--> statement-breakpoint
ALTER TABLE `__new_push_nonces` RENAME TO `push_nonces`;
--> statement-breakpoint
CREATE TABLE `__new_push_requests` (
	`source_key` text NOT NULL,
	`idempotency_key` text NOT NULL,
	`kind` text NOT NULL,
	`digest` text NOT NULL,
	`received_at` text NOT NULL,
	`answer` text,
	PRIMARY KEY(`source_key`, `idempotency_key`),
	FOREIGN KEY (`source_key`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "push_requests_kind" CHECK(kind IN ('notices', 'exposures', 'organizations')),
	CONSTRAINT "push_requests_received_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', received_at) IS received_at),
	CONSTRAINT "push_requests_answer" CHECK(json_valid(answer))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_push_requests` (`source_key`, `idempotency_key`, `kind`, `digest`, `received_at`, `answer`) SELECT `source_key`, `idempotency_key`, `kind`, `digest`, `received_at`, `answer` FROM `push_requests`;
--> statement-breakpoint
DROP TABLE `push_requests`;
--> statement-breakpoint
ALTER TABLE `__new_push_requests` RENAME TO `push_requests`;
--> statement-breakpoint
CREATE TABLE `__new_qualifications` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`source` text NOT NULL,
	`source_url` text,
	`valid_from` text,
	`valid_until` text,
	`checked_at` text NOT NULL,
	`mirror` text,
	`name` text NOT NULL,
	`grade` text,
	`certificate_no` text,
	`issuer` text,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`mirror`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "qualifications_valid_from" CHECK(strftime('%Y-%m-%d', valid_from) IS valid_from),
	CONSTRAINT "qualifications_valid_until" CHECK(strftime('%Y-%m-%d', valid_until) IS valid_until),
	CONSTRAINT "qualifications_checked_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', checked_at) IS checked_at)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_qualifications` (`id`, `organization_id`, `source`, `source_url`, `valid_from`, `valid_until`, `checked_at`, `mirror`, `name`, `grade`, `certificate_no`, `issuer`) SELECT `id`, `organization_id`, `source`, `source_url`, `valid_from`, `valid_until`, `checked_at`, `mirror`, `name`, `grade`, `certificate_no`, `issuer` FROM `qualifications`;
--> statement-breakpoint
DROP TABLE `qualifications`;
--> statement-breakpoint
ALTER TABLE `__new_qualifications` RENAME TO `qualifications`;
--> statement-breakpoint
CREATE TABLE `__new_raw_items` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`source_key` text NOT NULL,
	`source_item_id` text NOT NULL,
	`content_hash` text NOT NULL,
	`list_item` text NOT NULL,
	`body` blob,
	`body_url` text,
	`received_at` text NOT NULL,
	`run_id` text NOT NULL,
	`state` text NOT NULL,
	`reasons` text DEFAULT '[]' NOT NULL,
	`attempts` integer DEFAULT 1 NOT NULL,
	`notice_id` text,
	`notice_version` integer,
	`exposure_id` text,
	FOREIGN KEY (`source_key`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`run_id`) REFERENCES `ingest_runs`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`exposure_id`) REFERENCES `exposures`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "raw_items_received_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', received_at) IS received_at),
	CONSTRAINT "raw_items_state" CHECK(state IN ('accepted', 'rejected')),
	CONSTRAINT "raw_items_reasons" CHECK(json_valid(reasons) AND json_type(reasons) = 'array'),
	CONSTRAINT "raw_items_attempts" CHECK(attempts BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "raw_items_notice_version" CHECK(notice_version BETWEEN 0 AND 9007199254740991)
) STRICT;
--> statement-breakpoint
INSERT INTO sqlite_sequence (name, seq) SELECT '__new_raw_items', seq FROM sqlite_sequence WHERE name = 'raw_items';
--> statement-breakpoint
INSERT INTO `__new_raw_items` (`id`, `source_key`, `source_item_id`, `content_hash`, `list_item`, `body`, `body_url`, `received_at`, `run_id`, `state`, `reasons`, `attempts`, `notice_id`, `notice_version`, `exposure_id`) SELECT `id`, `source_key`, `source_item_id`, `content_hash`, `list_item`, `body`, `body_url`, `received_at`, `run_id`, `state`, `reasons`, `attempts`, `notice_id`, `notice_version`, `exposure_id` FROM `raw_items`;
--> statement-breakpoint
DROP TABLE `raw_items`;
--> statement-breakpoint
ALTER TABLE `__new_raw_items` RENAME TO `raw_items`;
--> statement-breakpoint
CREATE TABLE `__new_redactions` (
	`subject` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`policy` integer NOT NULL,
	`hash` text NOT NULL,
	`masked` integer NOT NULL,
	`change` integer NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`subject`, `id`, `version`, `policy`),
	CONSTRAINT "redactions_subject" CHECK(subject IN ('notice', 'exposure')),
	CONSTRAINT "redactions_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "redactions_policy" CHECK(policy BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "redactions_masked" CHECK(masked BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "redactions_change" CHECK(change BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "redactions_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_redactions` (`subject`, `id`, `version`, `policy`, `hash`, `masked`, `change`, `at`) SELECT `subject`, `id`, `version`, `policy`, `hash`, `masked`, `change`, `at` FROM `redactions`;
--> statement-breakpoint
DROP TABLE `redactions`;
--> statement-breakpoint
ALTER TABLE `__new_redactions` RENAME TO `redactions`;
--> statement-breakpoint
CREATE TABLE `__new_search_aliases` (
	`alias` text NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`alias`, `name`)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_search_aliases` (`alias`, `name`) SELECT `alias`, `name` FROM `search_aliases`;
--> statement-breakpoint
DROP TABLE `search_aliases`;
--> statement-breakpoint
ALTER TABLE `__new_search_aliases` RENAME TO `search_aliases`;
--> statement-breakpoint
CREATE TABLE `__new_search_documents` (
	`id` integer PRIMARY KEY NOT NULL,
	`notice_id` text NOT NULL,
	`version` integer NOT NULL,
	`category` text NOT NULL,
	`stage` text NOT NULL,
	`county` text NOT NULL,
	`published_at` text NOT NULL,
	`deadline_at` text,
	`amount_fen` integer,
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "search_documents_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "search_documents_category" CHECK(category IN ('construction', 'procurement', 'land', 'mining', 'property', 'medical', 'general')),
	CONSTRAINT "search_documents_stage" CHECK(stage IN ('tenderPlan', 'procurementIntention', 'prequalificationNotice', 'prequalificationResult', 'tenderNotice', 'singleSourceNotice', 'clarification', 'correctionNotice', 'openingRecord', 'candidateNotice', 'awardNotice', 'failureNotice', 'terminationNotice', 'suspensionNotice', 'resumptionNotice', 'contractNotice', 'performanceNotice', 'acceptanceNotice', 'complaintDecision', 'supervisionDecision', 'landSupplyPlan', 'landOffering', 'landOfferingSupplement', 'landDealNotice', 'landResult', 'miningOffering', 'miningDealNotice', 'miningRegistration', 'propertyPreDisclosure', 'propertyListing', 'propertyListingChange', 'propertyDeal')),
	CONSTRAINT "search_documents_county" CHECK(county IN ('jining', 'rencheng', 'yanzhou', 'qufu', 'zoucheng', 'weishan', 'yutai', 'jinxiang', 'jiaxiang', 'wenshang', 'sishui', 'liangshan', 'gaoxin', 'taibaihu', 'jingkai')),
	CONSTRAINT "search_documents_published_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', published_at) IS published_at),
	CONSTRAINT "search_documents_deadline_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', deadline_at) IS deadline_at),
	CONSTRAINT "search_documents_amount_fen" CHECK(amount_fen BETWEEN 0 AND 9007199254740991)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_search_documents` (`id`, `notice_id`, `version`, `category`, `stage`, `county`, `published_at`, `deadline_at`, `amount_fen`) SELECT `id`, `notice_id`, `version`, `category`, `stage`, `county`, `published_at`, `deadline_at`, `amount_fen` FROM `search_documents`;
--> statement-breakpoint
DROP TABLE `search_documents`;
--> statement-breakpoint
ALTER TABLE `__new_search_documents` RENAME TO `search_documents`;
--> statement-breakpoint
CREATE TABLE `__new_search_quarantine` (
	`notice_id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`reason` text NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "search_quarantine_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "search_quarantine_created_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_search_quarantine` (`notice_id`, `version`, `reason`, `created_at`) SELECT `notice_id`, `version`, `reason`, `created_at` FROM `search_quarantine`;
--> statement-breakpoint
DROP TABLE `search_quarantine`;
--> statement-breakpoint
ALTER TABLE `__new_search_quarantine` RENAME TO `search_quarantine`;
--> statement-breakpoint
CREATE TABLE `__new_search_terms` (
	`term` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`pinyin` text NOT NULL,
	`initials` text NOT NULL,
	`frequency` integer NOT NULL,
	CONSTRAINT "search_terms_kind" CHECK(kind IN ('word', 'party')),
	CONSTRAINT "search_terms_frequency" CHECK(frequency BETWEEN 0 AND 9007199254740991)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_search_terms` (`term`, `kind`, `pinyin`, `initials`, `frequency`) SELECT `term`, `kind`, `pinyin`, `initials`, `frequency` FROM `search_terms`;
--> statement-breakpoint
DROP TABLE `search_terms`;
--> statement-breakpoint
ALTER TABLE `__new_search_terms` RENAME TO `search_terms`;
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
	CONSTRAINT "sources_county" CHECK(county IN ('jining', 'rencheng', 'yanzhou', 'qufu', 'zoucheng', 'weishan', 'yutai', 'jinxiang', 'jiaxiang', 'wenshang', 'sishui', 'liangshan', 'gaoxin', 'taibaihu', 'jingkai')),
	CONSTRAINT "sources_settings" CHECK(json_valid(settings) AND json_type(settings) = 'object'),
	CONSTRAINT "sources_enabled" CHECK(enabled IN (0, 1)),
	CONSTRAINT "sources_minimum_items" CHECK(minimum_items BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "sources_validators" CHECK(json_valid(validators) AND json_type(validators) = 'object'),
	CONSTRAINT "sources_last_attempt_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', last_attempt_at) IS last_attempt_at),
	CONSTRAINT "sources_last_success_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', last_success_at) IS last_success_at),
	CONSTRAINT "sources_last_published_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', last_published_at) IS last_published_at),
	CONSTRAINT "sources_last_item_count" CHECK(last_item_count BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "sources_consecutive_failures" CHECK(consecutive_failures BETWEEN 0 AND 9007199254740991)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_sources` (`key`, `name`, `county`, `adapter`, `settings`, `schedule`, `enabled`, `minimum_items`, `homepage`, `validators`, `last_attempt_at`, `last_success_at`, `last_published_at`, `last_item_count`, `consecutive_failures`, `last_error`, `held_reason`) SELECT `key`, `name`, `county`, `adapter`, `settings`, `schedule`, `enabled`, `minimum_items`, `homepage`, `validators`, `last_attempt_at`, `last_success_at`, `last_published_at`, `last_item_count`, `consecutive_failures`, `last_error`, `held_reason` FROM `sources`;
--> statement-breakpoint
DROP TABLE `sources`;
--> statement-breakpoint
ALTER TABLE `__new_sources` RENAME TO `sources`;
--> statement-breakpoint
CREATE TABLE `__new_staff_certificates` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`source` text NOT NULL,
	`source_url` text,
	`valid_from` text,
	`valid_until` text,
	`checked_at` text NOT NULL,
	`mirror` text,
	`surname` text NOT NULL,
	`kind` text NOT NULL,
	`specialty` text,
	`grade` text,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`mirror`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "staff_certificates_valid_from" CHECK(strftime('%Y-%m-%d', valid_from) IS valid_from),
	CONSTRAINT "staff_certificates_valid_until" CHECK(strftime('%Y-%m-%d', valid_until) IS valid_until),
	CONSTRAINT "staff_certificates_checked_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', checked_at) IS checked_at)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_staff_certificates` (`id`, `organization_id`, `source`, `source_url`, `valid_from`, `valid_until`, `checked_at`, `mirror`, `surname`, `kind`, `specialty`, `grade`) SELECT `id`, `organization_id`, `source`, `source_url`, `valid_from`, `valid_until`, `checked_at`, `mirror`, `surname`, `kind`, `specialty`, `grade` FROM `staff_certificates`;
--> statement-breakpoint
DROP TABLE `staff_certificates`;
--> statement-breakpoint
ALTER TABLE `__new_staff_certificates` RENAME TO `staff_certificates`;
--> statement-breakpoint
CREATE TABLE `__new_states` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`updated_at` text NOT NULL,
	CONSTRAINT "states_updated_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_states` (`key`, `value`, `updated_at`) SELECT `key`, `value`, `updated_at` FROM `states`;
--> statement-breakpoint
DROP TABLE `states`;
--> statement-breakpoint
ALTER TABLE `__new_states` RENAME TO `states`;
--> statement-breakpoint
CREATE TABLE `__new_subscription_deliveries` (
	`subscription_id` text NOT NULL,
	`notice_id` text NOT NULL,
	`version` integer NOT NULL,
	`kind` text NOT NULL,
	`created_at` text NOT NULL,
	`message_id` text,
	PRIMARY KEY(`subscription_id`, `notice_id`, `version`),
	FOREIGN KEY (`subscription_id`) REFERENCES `subscriptions`(`id`) ON UPDATE no action ON DELETE cascade DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`message_id`) REFERENCES `subscription_messages`(`id`) ON UPDATE no action ON DELETE cascade DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "subscription_deliveries_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "subscription_deliveries_kind" CHECK(kind IN ('created', 'changed', 'withdrawn', 'restored')),
	CONSTRAINT "subscription_deliveries_created_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_subscription_deliveries` (`subscription_id`, `notice_id`, `version`, `kind`, `created_at`, `message_id`) SELECT `subscription_id`, `notice_id`, `version`, `kind`, `created_at`, `message_id` FROM `subscription_deliveries`;
--> statement-breakpoint
DROP TABLE `subscription_deliveries`;
--> statement-breakpoint
ALTER TABLE `__new_subscription_deliveries` RENAME TO `subscription_deliveries`;
--> statement-breakpoint
CREATE TABLE `__new_subscription_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`subscription_id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`due_at` text NOT NULL,
	`created_at` text NOT NULL,
	`sent_at` text,
	`error` text,
	FOREIGN KEY (`subscription_id`) REFERENCES `subscriptions`(`id`) ON UPDATE no action ON DELETE cascade DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "subscription_messages_kind" CHECK(kind IN ('confirm', 'notices')),
	CONSTRAINT "subscription_messages_state" CHECK(state IN ('pending', 'sent', 'dead')),
	CONSTRAINT "subscription_messages_attempts" CHECK(attempts BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "subscription_messages_due_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', due_at) IS due_at),
	CONSTRAINT "subscription_messages_created_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at),
	CONSTRAINT "subscription_messages_sent_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', sent_at) IS sent_at)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_subscription_messages` (`id`, `subscription_id`, `kind`, `state`, `attempts`, `due_at`, `created_at`, `sent_at`, `error`) SELECT `id`, `subscription_id`, `kind`, `state`, `attempts`, `due_at`, `created_at`, `sent_at`, `error` FROM `subscription_messages`;
--> statement-breakpoint
DROP TABLE `subscription_messages`;
--> statement-breakpoint
ALTER TABLE `__new_subscription_messages` RENAME TO `subscription_messages`;
--> statement-breakpoint
CREATE TABLE `__new_subscriptions` (
	`id` text PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`address` text NOT NULL,
	`secret` text,
	`filter` text NOT NULL,
	`rhythm` text NOT NULL,
	`confirm_hash` text NOT NULL,
	`manage_hash` text NOT NULL,
	`created_at` text NOT NULL,
	`confirmed_at` text,
	CONSTRAINT "subscriptions_channel" CHECK(channel IN ('email', 'wecom', 'dingtalk', 'feishu', 'webhook')),
	CONSTRAINT "subscriptions_rhythm" CHECK(rhythm IN ('instant', 'daily')),
	CONSTRAINT "subscriptions_created_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at),
	CONSTRAINT "subscriptions_confirmed_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', confirmed_at) IS confirmed_at)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_subscriptions` (`id`, `channel`, `address`, `secret`, `filter`, `rhythm`, `confirm_hash`, `manage_hash`, `created_at`, `confirmed_at`) SELECT `id`, `channel`, `address`, `secret`, `filter`, `rhythm`, `confirm_hash`, `manage_hash`, `created_at`, `confirmed_at` FROM `subscriptions`;
--> statement-breakpoint
DROP TABLE `subscriptions`;
--> statement-breakpoint
ALTER TABLE `__new_subscriptions` RENAME TO `subscriptions`;
--> statement-breakpoint
CREATE TABLE `__new_unknown_codes` (
	`source_key` text NOT NULL,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`example` text NOT NULL,
	`count` integer DEFAULT 1 NOT NULL,
	`first_seen_at` text NOT NULL,
	`last_seen_at` text NOT NULL,
	PRIMARY KEY(`source_key`, `kind`, `value`),
	FOREIGN KEY (`source_key`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "unknown_codes_kind" CHECK(kind IN ('column', 'category', 'stage', 'county', 'unit')),
	CONSTRAINT "unknown_codes_count" CHECK(count BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "unknown_codes_first_seen_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', first_seen_at) IS first_seen_at),
	CONSTRAINT "unknown_codes_last_seen_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', last_seen_at) IS last_seen_at)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_unknown_codes` (`source_key`, `kind`, `value`, `example`, `count`, `first_seen_at`, `last_seen_at`) SELECT `source_key`, `kind`, `value`, `example`, `count`, `first_seen_at`, `last_seen_at` FROM `unknown_codes`;
--> statement-breakpoint
DROP TABLE `unknown_codes`;
--> statement-breakpoint
ALTER TABLE `__new_unknown_codes` RENAME TO `unknown_codes`;
--> statement-breakpoint
CREATE INDEX achievements_organization ON achievements(organization_id);
--> statement-breakpoint
CREATE INDEX code_keys_notice ON code_keys(notice_id);
--> statement-breakpoint
CREATE INDEX confirmation_requests_asked ON confirmation_requests(asked_at);
--> statement-breakpoint
CREATE INDEX exposure_changes_exposure ON exposure_changes(exposure_id);
--> statement-breakpoint
CREATE INDEX exposure_events_at ON exposure_events(at);
--> statement-breakpoint
CREATE INDEX exposure_versions_policy ON exposure_versions(policy,exposure_id,version);
--> statement-breakpoint
CREATE UNIQUE INDEX exposures_identity ON exposures(decision_key,subject_key,board);
--> statement-breakpoint
CREATE INDEX exposures_source ON exposures(source_key,source_item_id);
--> statement-breakpoint
CREATE INDEX exposures_board ON exposures(board,decision_date,id)WHERE withheld = 0;
--> statement-breakpoint
CREATE INDEX exposures_until ON exposures(public_until)WHERE withheld = 0;
--> statement-breakpoint
CREATE INDEX exposures_subject ON exposures(subject_key,public_until)WHERE withheld = 0;
--> statement-breakpoint
CREATE INDEX exposures_uscc ON exposures(subject_uscc,public_until)WHERE withheld = 0 AND subject_uscc IS NOT NULL;
--> statement-breakpoint
CREATE INDEX handovers_batch ON handovers(batch_id);
--> statement-breakpoint
CREATE INDEX honours_organization ON honours(organization_id);
--> statement-breakpoint
CREATE UNIQUE INDEX incomplete_exposures_item ON incomplete_exposures(source_key,source_item_id);
--> statement-breakpoint
CREATE INDEX ingest_runs_source_started ON ingest_runs(source_key,started_at);
--> statement-breakpoint
CREATE INDEX library_changes_entry ON library_changes(entry_id);
--> statement-breakpoint
CREATE INDEX notice_aliases_notice ON notice_aliases(notice_id);
--> statement-breakpoint
CREATE INDEX notice_parties_notice ON notice_parties(notice_id);
--> statement-breakpoint
CREATE INDEX notice_parties_organization ON notice_parties(organization_id,name_key,uscc);
--> statement-breakpoint
CREATE INDEX notice_parties_award ON notice_parties(organization_id,role,published_at,notice_id,county,award_fen)WHERE is_award = 1;
--> statement-breakpoint
CREATE INDEX notice_parties_unresolved ON notice_parties(notice_id)WHERE matched_by IS NULL;
--> statement-breakpoint
CREATE INDEX notice_versions_policy ON notice_versions(policy,notice_id,version);
--> statement-breakpoint
CREATE INDEX notices_source_item ON notices(source_key,source_item_id);
--> statement-breakpoint
CREATE INDEX notices_source_seen ON notices(source_key,last_seen_at);
--> statement-breakpoint
CREATE INDEX notices_twin ON notices(twin_key);
--> statement-breakpoint
CREATE INDEX notices_fingerprint ON notices(fingerprint);
--> statement-breakpoint
CREATE INDEX notices_canonical ON notices(canonical_id)WHERE canonical_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX notices_project ON notices(project_id,published_at);
--> statement-breakpoint
CREATE INDEX notices_published ON notices(published_at,id,category,stage,county,is_public)WHERE is_public = 1;
--> statement-breakpoint
CREATE INDEX notices_category ON notices(category,published_at,id)WHERE is_public = 1;
--> statement-breakpoint
CREATE INDEX notices_category_stage ON notices(category,stage,published_at,id)WHERE is_public = 1;
--> statement-breakpoint
CREATE INDEX notices_stage ON notices(stage,published_at,id)WHERE is_public = 1;
--> statement-breakpoint
CREATE INDEX notices_county ON notices(county,published_at,id)WHERE is_public = 1;
--> statement-breakpoint
CREATE INDEX notices_county_category ON notices(county,category,published_at,id)WHERE is_public = 1;
--> statement-breakpoint
CREATE INDEX notices_deadline ON notices(closes_at,id,category,stage,county,is_public)WHERE is_public = 1 AND closes_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX notices_withdrawn ON notices(closes_at)WHERE withdrawn_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX notices_amount ON notices(amount_fen,id,category,stage,county,is_public)WHERE is_public = 1 AND amount_fen IS NOT NULL;
--> statement-breakpoint
CREATE INDEX organization_activity_order ON organization_activity(role,county,notices,organization_id);
--> statement-breakpoint
CREATE INDEX organization_changes_organization ON organization_changes(organization_id,kind);
--> statement-breakpoint
CREATE INDEX organization_names_organization ON organization_names(organization_id);
--> statement-breakpoint
CREATE UNIQUE INDEX organizations_id_unique ON organizations(id);
--> statement-breakpoint
CREATE UNIQUE INDEX organizations_uscc_unique ON organizations(uscc);
--> statement-breakpoint
CREATE INDEX organizations_merged ON organizations(merged_into)WHERE merged_into IS NOT NULL;
--> statement-breakpoint
CREATE INDEX projects_code ON projects(code);
--> statement-breakpoint
CREATE INDEX push_keys_county ON push_keys(county,created_at);
--> statement-breakpoint
CREATE INDEX push_nonces_seen ON push_nonces(seen_at);
--> statement-breakpoint
CREATE INDEX push_requests_received ON push_requests(received_at);
--> statement-breakpoint
CREATE INDEX qualifications_organization ON qualifications(organization_id);
--> statement-breakpoint
CREATE UNIQUE INDEX raw_items_identity ON raw_items(source_key,source_item_id,content_hash);
--> statement-breakpoint
CREATE INDEX raw_items_rejected ON raw_items(source_key,id)WHERE state = 'rejected';
--> statement-breakpoint
CREATE INDEX redactions_change ON redactions(change);
--> statement-breakpoint
CREATE UNIQUE INDEX search_documents_noticeId_unique ON search_documents(notice_id);
--> statement-breakpoint
CREATE INDEX search_terms_pinyin ON search_terms(pinyin);
--> statement-breakpoint
CREATE INDEX search_terms_initials ON search_terms(initials);
--> statement-breakpoint
CREATE INDEX staff_certificates_organization ON staff_certificates(organization_id);
--> statement-breakpoint
CREATE INDEX subscription_deliveries_notice ON subscription_deliveries(notice_id);
--> statement-breakpoint
CREATE INDEX subscription_deliveries_message ON subscription_deliveries(message_id);
--> statement-breakpoint
CREATE INDEX subscription_messages_due ON subscription_messages(state,due_at);
--> statement-breakpoint
CREATE INDEX subscription_messages_subscription ON subscription_messages(subscription_id,created_at);
--> statement-breakpoint
CREATE UNIQUE INDEX subscriptions_confirmHash_unique ON subscriptions(confirm_hash);
--> statement-breakpoint
CREATE UNIQUE INDEX subscriptions_manageHash_unique ON subscriptions(manage_hash);
--> statement-breakpoint
CREATE INDEX subscriptions_address ON subscriptions(address,created_at);
--> statement-breakpoint
CREATE INDEX subscriptions_confirmed ON subscriptions(confirmed_at);
--> statement-breakpoint
CREATE VIEW published_notices AS SELECT * FROM notices WHERE is_public = 1;
--> statement-breakpoint
CREATE TRIGGER notice_counts_insert AFTER INSERT ON notices WHEN new.is_public = 1
BEGIN
  INSERT INTO notice_counts (category, stage, county, year, total)
  SELECT new.category, new.stage, new.county, CAST(strftime('%Y', new.published_at, '+8 hours') AS INTEGER), 1
  WHERE new.is_public = 1
  ON CONFLICT DO UPDATE SET total = total + 1;
END;
--> statement-breakpoint
CREATE TRIGGER notice_counts_delete AFTER DELETE ON notices WHEN old.is_public = 1
BEGIN
  UPDATE notice_counts SET total = total - 1
  WHERE old.is_public = 1 AND category = old.category AND stage = old.stage
    AND county = old.county AND year = CAST(strftime('%Y', old.published_at, '+8 hours') AS INTEGER);
END;
--> statement-breakpoint
CREATE TRIGGER notice_counts_update AFTER UPDATE OF category, stage, county, published_at, withdrawn_at, canonical_id ON notices
WHEN old.is_public <> new.is_public OR old.category <> new.category OR old.stage <> new.stage
  OR old.county <> new.county OR old.published_at <> new.published_at
BEGIN
  UPDATE notice_counts SET total = total - 1
  WHERE old.is_public = 1 AND category = old.category AND stage = old.stage
    AND county = old.county AND year = CAST(strftime('%Y', old.published_at, '+8 hours') AS INTEGER);
  INSERT INTO notice_counts (category, stage, county, year, total)
  SELECT new.category, new.stage, new.county, CAST(strftime('%Y', new.published_at, '+8 hours') AS INTEGER), 1
  WHERE new.is_public = 1
  ON CONFLICT DO UPDATE SET total = total + 1;
END;
--> statement-breakpoint
CREATE TRIGGER organizations_insert AFTER INSERT ON organizations
BEGIN
  INSERT INTO organization_activity (organization_id, role, county, notices) VALUES (new.id, '', '', 0) ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER organizations_delete AFTER DELETE ON organizations
BEGIN
  DELETE FROM organization_activity WHERE organization_id = old.id;
END;
--> statement-breakpoint
CREATE TRIGGER organization_activity_insert AFTER INSERT ON notice_parties WHEN new.organization_id IS NOT NULL
BEGIN
  INSERT INTO organization_activity (organization_id, role, county, notices)
  SELECT new.organization_id, r.role, c.county, 1
  FROM (SELECT new.role AS role UNION ALL SELECT '') r, (SELECT new.county AS county UNION ALL SELECT '') c
  WHERE new.organization_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM notice_parties p WHERE p.notice_id = new.notice_id AND p.organization_id = new.organization_id
    AND (r.role = '' OR p.role = r.role) AND NOT (p.role = new.role AND p.name = new.name))
  ON CONFLICT DO UPDATE SET notices = notices + 1;
END;
--> statement-breakpoint
CREATE TRIGGER organization_activity_delete AFTER DELETE ON notice_parties WHEN old.organization_id IS NOT NULL
BEGIN
  UPDATE organization_activity SET notices = notices - 1
  WHERE organization_id = old.organization_id AND role IN (old.role, '')
    AND county IN (old.county, '') AND NOT EXISTS (
    SELECT 1 FROM notice_parties p WHERE p.notice_id = old.notice_id AND p.organization_id = old.organization_id
    AND (organization_activity.role = '' OR p.role = organization_activity.role));
END;
--> statement-breakpoint
CREATE TRIGGER organization_activity_update AFTER UPDATE OF organization_id ON notice_parties
WHEN old.organization_id IS NOT new.organization_id
BEGIN
  UPDATE organization_activity SET notices = notices - 1
  WHERE organization_id = old.organization_id AND role IN (old.role, '')
    AND county IN (old.county, '') AND NOT EXISTS (
    SELECT 1 FROM notice_parties p WHERE p.notice_id = old.notice_id AND p.organization_id = old.organization_id
    AND (organization_activity.role = '' OR p.role = organization_activity.role));
  INSERT INTO organization_activity (organization_id, role, county, notices)
  SELECT new.organization_id, r.role, c.county, 1
  FROM (SELECT new.role AS role UNION ALL SELECT '') r, (SELECT new.county AS county UNION ALL SELECT '') c
  WHERE new.organization_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM notice_parties p WHERE p.notice_id = new.notice_id AND p.organization_id = new.organization_id
    AND (r.role = '' OR p.role = r.role) AND NOT (p.role = new.role AND p.name = new.name))
  ON CONFLICT DO UPDATE SET notices = notices + 1;
END;
--> statement-breakpoint
CREATE TRIGGER exposure_changes_insert AFTER INSERT ON exposures
BEGIN
  DELETE FROM exposure_changes WHERE exposure_id = new.id;
  INSERT INTO exposure_changes (exposure_id, created_at) VALUES (new.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER exposure_changes_update AFTER UPDATE ON exposures
WHEN (old.version, old.source_key, old.public_from, old.public_until, old.withheld, old.gone_at IS NULL)
  IS NOT (new.version, new.source_key, new.public_from, new.public_until, new.withheld, new.gone_at IS NULL)
BEGIN
  DELETE FROM exposure_changes WHERE exposure_id = new.id;
  INSERT INTO exposure_changes (exposure_id, created_at) VALUES (new.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER exposure_changes_delete AFTER DELETE ON exposures
BEGIN
  DELETE FROM exposure_changes WHERE exposure_id = old.id;
  INSERT INTO exposure_changes (exposure_id, created_at) VALUES (old.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER exposure_changes_event AFTER INSERT ON exposure_events WHEN EXISTS (SELECT 1 FROM exposures WHERE id = new.exposure_id)
BEGIN
  DELETE FROM exposure_changes WHERE exposure_id = new.exposure_id;
  INSERT INTO exposure_changes (exposure_id, created_at) VALUES (new.exposure_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER qualifications_changes_insert AFTER INSERT ON qualifications
BEGIN
  DELETE FROM library_changes WHERE entry_id = new.id;
  INSERT INTO library_changes (block, entry_id, created_at) VALUES ('qualifications', new.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER qualifications_changes_update AFTER UPDATE ON qualifications
WHEN (old.organization_id, old.source, old.source_url, old.valid_from, old.valid_until, old.checked_at, old.name, old.grade, old.certificate_no, old.issuer)
  IS NOT (new.organization_id, new.source, new.source_url, new.valid_from, new.valid_until, new.checked_at, new.name, new.grade, new.certificate_no, new.issuer)
BEGIN
  DELETE FROM library_changes WHERE entry_id = new.id;
  INSERT INTO library_changes (block, entry_id, created_at) VALUES ('qualifications', new.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER qualifications_changes_delete AFTER DELETE ON qualifications
BEGIN
  DELETE FROM library_changes WHERE entry_id = old.id;
  INSERT INTO library_changes (block, entry_id, created_at) VALUES ('qualifications', old.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER achievements_changes_insert AFTER INSERT ON achievements
BEGIN
  DELETE FROM library_changes WHERE entry_id = new.id;
  INSERT INTO library_changes (block, entry_id, created_at) VALUES ('achievements', new.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER achievements_changes_update AFTER UPDATE ON achievements
WHEN (old.organization_id, old.source, old.source_url, old.valid_from, old.valid_until, old.checked_at, old.name, old.owner, old.amount_fen, old.finished_on)
  IS NOT (new.organization_id, new.source, new.source_url, new.valid_from, new.valid_until, new.checked_at, new.name, new.owner, new.amount_fen, new.finished_on)
BEGIN
  DELETE FROM library_changes WHERE entry_id = new.id;
  INSERT INTO library_changes (block, entry_id, created_at) VALUES ('achievements', new.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER achievements_changes_delete AFTER DELETE ON achievements
BEGIN
  DELETE FROM library_changes WHERE entry_id = old.id;
  INSERT INTO library_changes (block, entry_id, created_at) VALUES ('achievements', old.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER honours_changes_insert AFTER INSERT ON honours
BEGIN
  DELETE FROM library_changes WHERE entry_id = new.id;
  INSERT INTO library_changes (block, entry_id, created_at) VALUES ('honours', new.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER honours_changes_update AFTER UPDATE ON honours
WHEN (old.organization_id, old.source, old.source_url, old.valid_from, old.valid_until, old.checked_at, old.name, old.grade, old.issuer)
  IS NOT (new.organization_id, new.source, new.source_url, new.valid_from, new.valid_until, new.checked_at, new.name, new.grade, new.issuer)
BEGIN
  DELETE FROM library_changes WHERE entry_id = new.id;
  INSERT INTO library_changes (block, entry_id, created_at) VALUES ('honours', new.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER honours_changes_delete AFTER DELETE ON honours
BEGIN
  DELETE FROM library_changes WHERE entry_id = old.id;
  INSERT INTO library_changes (block, entry_id, created_at) VALUES ('honours', old.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER staff_certificates_changes_insert AFTER INSERT ON staff_certificates
BEGIN
  DELETE FROM library_changes WHERE entry_id = new.id;
  INSERT INTO library_changes (block, entry_id, created_at) VALUES ('staff_certificates', new.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER staff_certificates_changes_update AFTER UPDATE ON staff_certificates
WHEN (old.organization_id, old.source, old.source_url, old.valid_from, old.valid_until, old.checked_at, old.surname, old.kind, old.specialty, old.grade)
  IS NOT (new.organization_id, new.source, new.source_url, new.valid_from, new.valid_until, new.checked_at, new.surname, new.kind, new.specialty, new.grade)
BEGIN
  DELETE FROM library_changes WHERE entry_id = new.id;
  INSERT INTO library_changes (block, entry_id, created_at) VALUES ('staff_certificates', new.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER staff_certificates_changes_delete AFTER DELETE ON staff_certificates
BEGIN
  DELETE FROM library_changes WHERE entry_id = old.id;
  INSERT INTO library_changes (block, entry_id, created_at) VALUES ('staff_certificates', old.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
--> statement-breakpoint
CREATE TRIGGER library_changes_merge AFTER UPDATE OF merged_into ON organizations WHEN old.merged_into IS NOT new.merged_into
BEGIN
  INSERT INTO library_changes (block, entry_id, created_at)
  SELECT block, id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM (
    SELECT 'qualifications' AS block, id AS id, organization_id AS owner FROM qualifications
    UNION ALL SELECT 'achievements' AS block, id AS id, organization_id AS owner FROM achievements
    UNION ALL SELECT 'honours' AS block, id AS id, organization_id AS owner FROM honours
    UNION ALL SELECT 'staff_certificates' AS block, id AS id, organization_id AS owner FROM staff_certificates)
  WHERE owner IN (
    WITH RECURSIVE member (id) AS (SELECT new.id UNION SELECT o.id FROM member m JOIN organizations o ON o.merged_into = m.id)
    SELECT id FROM member);
END;
--> statement-breakpoint
CREATE TRIGGER notice_versions_no_update BEFORE UPDATE ON notice_versions
WHEN (old.notice_id, old.version, old.published_at, old.reason, old.raw_item_id)
    IS NOT (new.notice_id, new.version, new.published_at, new.reason, new.raw_item_id)
  OR (old.content, old.hash) IS NOT (new.content, new.hash) AND (old.content IS new.content OR old.hash IS new.hash OR NOT EXISTS (
    SELECT 1 FROM redactions r WHERE r.subject = 'notice' AND r.id = new.notice_id AND r.version = new.version
      AND r.policy = new.policy AND r.hash = new.hash))
BEGIN SELECT RAISE(ABORT, 'notice_versions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER notice_versions_no_delete BEFORE DELETE ON notice_versions
BEGIN SELECT RAISE(ABORT, 'notice_versions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER exposure_versions_no_update BEFORE UPDATE ON exposure_versions
WHEN (old.exposure_id, old.version, old.recorded_at, old.reason, old.raw_item_id)
    IS NOT (new.exposure_id, new.version, new.recorded_at, new.reason, new.raw_item_id)
  OR (old.content, old.hash) IS NOT (new.content, new.hash) AND (old.content IS new.content OR old.hash IS new.hash OR NOT EXISTS (
    SELECT 1 FROM redactions r WHERE r.subject = 'exposure' AND r.id = new.exposure_id AND r.version = new.version
      AND r.policy = new.policy AND r.hash = new.hash))
BEGIN SELECT RAISE(ABORT, 'exposure_versions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER exposure_versions_no_delete BEFORE DELETE ON exposure_versions
BEGIN SELECT RAISE(ABORT, 'exposure_versions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER exposure_events_no_update BEFORE UPDATE ON exposure_events
BEGIN SELECT RAISE(ABORT, 'exposure_events is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER exposure_events_no_delete BEFORE DELETE ON exposure_events
BEGIN SELECT RAISE(ABORT, 'exposure_events is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER redactions_no_update BEFORE UPDATE ON redactions
BEGIN SELECT RAISE(ABORT, 'redactions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER redactions_no_delete BEFORE DELETE ON redactions
BEGIN SELECT RAISE(ABORT, 'redactions is append-only'); END;
