CREATE TABLE `annual_report_drafts` (
	`year` integer NOT NULL,
	`form` text NOT NULL,
	`state` text NOT NULL,
	`revision` integer NOT NULL,
	`input` text NOT NULL,
	`submitted_hash` text,
	`author_id` text NOT NULL,
	`returned` text,
	`updated_at` text NOT NULL,
	PRIMARY KEY(`year`, `form`),
	FOREIGN KEY (`author_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "annual_report_drafts_year" CHECK(year BETWEEN 2000 AND 2100),
	CONSTRAINT "annual_report_drafts_form" CHECK(form = '2020' OR form = '2021'),
	CONSTRAINT "annual_report_drafts_state" CHECK(state = 'drafting' OR state = 'submitted' OR state = 'published'),
	CONSTRAINT "annual_report_drafts_revision" CHECK(revision BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "annual_report_drafts_input" CHECK(json_valid(input)),
	CONSTRAINT "annual_report_drafts_updated_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at),
	CONSTRAINT "annual_report_drafts_submitted" CHECK(state <> 'submitted' OR submitted_hash IS NOT NULL)
) STRICT;
--> statement-breakpoint
CREATE TABLE `annual_report_versions` (
	`year` integer NOT NULL,
	`form` text NOT NULL,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`hash` text NOT NULL,
	`salt` text NOT NULL,
	`pdf` blob NOT NULL,
	`docx` blob NOT NULL,
	`reason` text NOT NULL,
	`author_id` text NOT NULL,
	`publisher_id` text NOT NULL,
	`published_at` text NOT NULL,
	PRIMARY KEY(`year`, `form`, `version`),
	FOREIGN KEY (`author_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`publisher_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "annual_report_versions_year" CHECK(year BETWEEN 2000 AND 2100),
	CONSTRAINT "annual_report_versions_form" CHECK(form = '2020' OR form = '2021'),
	CONSTRAINT "annual_report_versions_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "annual_report_versions_content" CHECK(json_valid(content)),
	CONSTRAINT "annual_report_versions_published_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', published_at) IS published_at),
	CONSTRAINT "annual_report_versions_two_people" CHECK(publisher_id <> author_id)
) STRICT;
--> statement-breakpoint
CREATE TABLE `disclosure_findings` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`title` text NOT NULL,
	`detail` text NOT NULL,
	`since` text NOT NULL,
	`checked_at` text NOT NULL,
	`explanation` text,
	`explained_by` text,
	FOREIGN KEY (`explained_by`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "disclosure_findings_kind" CHECK(kind = 'stale' OR kind = 'missing' OR kind = 'dead'),
	CONSTRAINT "disclosure_findings_since" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', since) IS since),
	CONSTRAINT "disclosure_findings_checked_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', checked_at) IS checked_at),
	CONSTRAINT "disclosure_findings_explained" CHECK((explanation IS NULL) = (explained_by IS NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `disclosure_findings_since` ON `disclosure_findings` (`since`,`id`);
--> statement-breakpoint
CREATE TABLE `disclosure_tasks` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`owner` text NOT NULL,
	`due_on` text NOT NULL,
	`basis` text NOT NULL,
	`done_on` text,
	`result` text,
	`author_id` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`author_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "disclosure_tasks_due_on" CHECK(strftime('%Y-%m-%d', due_on) IS due_on),
	CONSTRAINT "disclosure_tasks_done_on" CHECK(strftime('%Y-%m-%d', done_on) IS done_on),
	CONSTRAINT "disclosure_tasks_updated_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at),
	CONSTRAINT "disclosure_tasks_done" CHECK((done_on IS NULL) = (result IS NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `disclosure_tasks_due` ON `disclosure_tasks` (`due_on`,`id`);
--> statement-breakpoint
CREATE TRIGGER annual_report_versions_no_update BEFORE UPDATE ON annual_report_versions
BEGIN SELECT RAISE(ABORT, 'annual_report_versions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER annual_report_versions_no_delete BEFORE DELETE ON annual_report_versions
BEGIN SELECT RAISE(ABORT, 'annual_report_versions is append-only'); END;
