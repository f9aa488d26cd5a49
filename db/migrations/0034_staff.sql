CREATE TABLE `audit_events` (
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
	CONSTRAINT "audit_events_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at),
	CONSTRAINT "audit_events_action" CHECK(action = 'account.list' OR action = 'account.create' OR action = 'account.assign' OR action = 'account.disable' OR action = 'account.enable' OR action = 'account.reset' OR action = 'audit.read' OR action = 'session.open' OR action = 'session.refuse' OR action = 'session.close' OR action = 'session.end' OR action = 'session.stepUp' OR action = 'own.password' OR action = 'own.secondFactor' OR action = 'own.recovery' OR action = 'command.administrator'),
	CONSTRAINT "audit_events_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "audit_events_details" CHECK(json_valid(details))
) STRICT;
--> statement-breakpoint
CREATE INDEX `audit_events_actor` ON `audit_events` (`actor`,`seq`);
--> statement-breakpoint
CREATE INDEX `audit_events_subject` ON `audit_events` (`subject`,`seq`);
--> statement-breakpoint
CREATE INDEX `audit_events_action` ON `audit_events` (`action`,`seq`);
--> statement-breakpoint
CREATE TABLE `staff_accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`login_name` text NOT NULL,
	`display_name` text NOT NULL,
	`county` text,
	`password_hash` text,
	`totp_secret` text,
	`totp_step` integer DEFAULT 0 NOT NULL,
	`created_at` text NOT NULL,
	`disabled_at` text,
	`revision` integer DEFAULT 1 NOT NULL,
	CONSTRAINT "staff_accounts_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "staff_accounts_totp_step" CHECK(totp_step BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "staff_accounts_created_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at),
	CONSTRAINT "staff_accounts_disabled_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', disabled_at) IS disabled_at),
	CONSTRAINT "staff_accounts_revision" CHECK(revision BETWEEN 1 AND 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_accounts_loginName_unique` ON `staff_accounts` (`login_name`);
--> statement-breakpoint
CREATE TABLE `staff_failures` (
	`key` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`last_at` text NOT NULL,
	CONSTRAINT "staff_failures_failures" CHECK(failures BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "staff_failures_last_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', last_at) IS last_at)
) STRICT;
--> statement-breakpoint
CREATE TABLE `staff_links` (
	`hash` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`used_at` text,
	FOREIGN KEY (`account_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "staff_links_created_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at),
	CONSTRAINT "staff_links_expires_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', expires_at) IS expires_at),
	CONSTRAINT "staff_links_used_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', used_at) IS used_at)
) STRICT;
--> statement-breakpoint
CREATE INDEX `staff_links_account` ON `staff_links` (`account_id`);
--> statement-breakpoint
CREATE TABLE `staff_recovery_codes` (
	`account_id` text NOT NULL,
	`hash` text NOT NULL,
	`used_at` text,
	PRIMARY KEY(`account_id`, `hash`),
	FOREIGN KEY (`account_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "staff_recovery_codes_used_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', used_at) IS used_at)
) STRICT;
--> statement-breakpoint
CREATE TABLE `staff_roles` (
	`account_id` text NOT NULL,
	`role` text NOT NULL,
	PRIMARY KEY(`account_id`, `role`),
	FOREIGN KEY (`account_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "staff_roles_role" CHECK(role = 'countyClerk' OR role = 'editor' OR role = 'firstReviewer' OR role = 'finalReviewer' OR role = 'disclosureOfficer' OR role = 'supervisor' OR role = 'administrator')
) STRICT;
--> statement-breakpoint
CREATE TABLE `staff_sessions` (
	`hash` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`account_id` text NOT NULL,
	`created_at` text NOT NULL,
	`seen_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`has_second_factor` integer NOT NULL,
	`stepped_up_at` text,
	`address` text NOT NULL,
	`agent` text NOT NULL,
	`ended_at` text,
	FOREIGN KEY (`account_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "staff_sessions_created_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at),
	CONSTRAINT "staff_sessions_seen_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', seen_at) IS seen_at),
	CONSTRAINT "staff_sessions_expires_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', expires_at) IS expires_at),
	CONSTRAINT "staff_sessions_has_second_factor" CHECK(has_second_factor IN (0, 1)),
	CONSTRAINT "staff_sessions_stepped_up_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', stepped_up_at) IS stepped_up_at),
	CONSTRAINT "staff_sessions_ended_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', ended_at) IS ended_at)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_sessions_id_unique` ON `staff_sessions` (`id`);
--> statement-breakpoint
CREATE INDEX `staff_sessions_account` ON `staff_sessions` (`account_id`,`created_at`);
--> statement-breakpoint
CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events
BEGIN SELECT RAISE(ABORT, 'audit_events is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events
BEGIN SELECT RAISE(ABORT, 'audit_events is append-only'); END;
