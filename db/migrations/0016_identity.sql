-- "Tong": whose file this is, before anything in it is believed.
PRAGMA application_id = 1416588903;
--> statement-breakpoint
-- Whoever follows a sequence of this database names the epoch that it was given with; a restored database begins another one.
INSERT OR IGNORE INTO states (key, value, updated_at)
VALUES ('changes.epoch', lower(hex(randomblob(8))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
--> statement-breakpoint
CREATE TABLE `mirror_told` (
	`mirror` text NOT NULL,
	`subject` text NOT NULL,
	`id` text NOT NULL,
	PRIMARY KEY(`mirror`, `subject`, `id`)
);
