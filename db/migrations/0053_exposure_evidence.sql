CREATE TABLE `exposure_evidence` (
	`draft_id` text NOT NULL,
	`sha256` text NOT NULL,
	`name` text NOT NULL,
	`account_id` text NOT NULL,
	`at` text NOT NULL,
	`removed_at` text,
	PRIMARY KEY(`draft_id`, `sha256`),
	FOREIGN KEY (`draft_id`) REFERENCES `exposure_drafts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`sha256`) REFERENCES `files`(`sha256`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`account_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "exposure_evidence_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at),
	CONSTRAINT "exposure_evidence_removed_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', removed_at) IS removed_at)
) STRICT;
--> statement-breakpoint
CREATE INDEX `exposure_evidence_file` ON `exposure_evidence` (`sha256`);
--> statement-breakpoint
ALTER TABLE `exposure_drafts` ADD `decision_key` text DEFAULT '' NOT NULL;
--> statement-breakpoint
CREATE INDEX `exposure_drafts_decision` ON `exposure_drafts` (`decision_key`) WHERE decision_key <> '';
