CREATE TABLE `confirmation_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`recipient` text NOT NULL,
	`host` text NOT NULL,
	`asked_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `confirmation_requests_asked` ON `confirmation_requests` (`asked_at`);