CREATE TABLE `subscription_deliveries` (
	`subscription_id` text NOT NULL,
	`notice_id` text NOT NULL,
	`version` integer NOT NULL,
	`kind` text NOT NULL,
	`created_at` text NOT NULL,
	`message_id` text,
	PRIMARY KEY(`subscription_id`, `notice_id`, `version`),
	FOREIGN KEY (`subscription_id`) REFERENCES `subscriptions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`message_id`) REFERENCES `subscription_messages`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `subscription_deliveries_notice` ON `subscription_deliveries` (`notice_id`);--> statement-breakpoint
CREATE INDEX `subscription_deliveries_message` ON `subscription_deliveries` (`message_id`);--> statement-breakpoint
CREATE TABLE `subscription_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`subscription_id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`due_at` text NOT NULL,
	`created_at` text NOT NULL,
	`sent_at` text,
	`error` text,
	FOREIGN KEY (`subscription_id`) REFERENCES `subscriptions`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `subscription_messages_due` ON `subscription_messages` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `subscription_messages_subscription` ON `subscription_messages` (`subscription_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `subscriptions` (
	`id` text PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`address` text NOT NULL,
	`secret` text,
	`filter` text NOT NULL,
	`rhythm` text NOT NULL,
	`confirm_hash` text NOT NULL,
	`manage_hash` text NOT NULL,
	`created_at` text NOT NULL,
	`confirmed_at` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `subscriptions_confirmHash_unique` ON `subscriptions` (`confirm_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `subscriptions_manageHash_unique` ON `subscriptions` (`manage_hash`);--> statement-breakpoint
CREATE INDEX `subscriptions_address` ON `subscriptions` (`address`,`created_at`);--> statement-breakpoint
CREATE INDEX `subscriptions_confirmed` ON `subscriptions` (`confirmed_at`);