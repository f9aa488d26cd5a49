CREATE TABLE `push_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`county` text NOT NULL,
	`source_key` text NOT NULL,
	`public_key` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text,
	`revoked_at` text,
	FOREIGN KEY (`source_key`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `push_keys_county` ON `push_keys` (`county`,`created_at`);--> statement-breakpoint
CREATE TABLE `push_nonces` (
	`key_id` text NOT NULL,
	`nonce` text NOT NULL,
	`seen_at` text NOT NULL,
	PRIMARY KEY(`key_id`, `nonce`)
);
--> statement-breakpoint
CREATE INDEX `push_nonces_seen` ON `push_nonces` (`seen_at`);--> statement-breakpoint
CREATE TABLE `push_requests` (
	`source_key` text NOT NULL,
	`idempotency_key` text NOT NULL,
	`kind` text NOT NULL,
	`digest` text NOT NULL,
	`received_at` text NOT NULL,
	`answer` text,
	PRIMARY KEY(`source_key`, `idempotency_key`),
	FOREIGN KEY (`source_key`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `push_requests_received` ON `push_requests` (`received_at`);