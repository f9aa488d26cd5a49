DROP TRIGGER audit_events_no_update;
--> statement-breakpoint
DROP TRIGGER audit_events_no_delete;
--> statement-breakpoint
CREATE TABLE `staff_identities` (
	`issuer` text NOT NULL,
	`subject` text NOT NULL,
	`account_id` text NOT NULL,
	`linked_at` text NOT NULL,
	PRIMARY KEY(`issuer`, `subject`),
	FOREIGN KEY (`account_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "staff_identities_linked_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', linked_at) IS linked_at)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_identities_account` ON `staff_identities` (`account_id`,`issuer`);
--> statement-breakpoint
CREATE TABLE `__new_audit_events` (
	`seq` integer PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`roles` text NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`county` text,
	`before` text,
	`after` text,
	`reason` text,
	`address` text NOT NULL,
	`details` text DEFAULT '{}' NOT NULL,
	`chain` text,
	CONSTRAINT "audit_events_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at),
	CONSTRAINT "audit_events_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "audit_events_details" CHECK(json_valid(details))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_audit_events` (`seq`, `at`, `actor`, `roles`, `action`, `subject`, `county`, `before`, `after`, `reason`, `address`, `details`) SELECT `seq`, `at`, `actor`, `roles`, `action`, `subject`, `county`, `before`, `after`, `reason`, `address`, `details` FROM `audit_events`;
--> statement-breakpoint
DROP TABLE `audit_events`;
--> statement-breakpoint
ALTER TABLE `__new_audit_events` RENAME TO `audit_events`;
--> statement-breakpoint
CREATE INDEX audit_events_actor ON audit_events(actor,seq);
--> statement-breakpoint
CREATE INDEX audit_events_subject ON audit_events(subject,seq);
--> statement-breakpoint
CREATE INDEX audit_events_action ON audit_events(action,seq);
--> statement-breakpoint
CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events
BEGIN SELECT RAISE(ABORT, 'audit_events is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events
BEGIN SELECT RAISE(ABORT, 'audit_events is append-only'); END;
