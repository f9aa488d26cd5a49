CREATE TABLE `log_leaves` (
	`leaf_index` integer PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`subject_id` text NOT NULL,
	`version` integer NOT NULL,
	`entry` text NOT NULL,
	CONSTRAINT "log_leaves_type" CHECK(type = 'notice' OR type = 'exposure' OR type = 'key'),
	CONSTRAINT "log_leaves_version" CHECK(version BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "log_leaves_entry" CHECK(json_valid(entry))
) STRICT;
--> statement-breakpoint
CREATE INDEX `log_leaves_subject` ON `log_leaves` (`type`,`subject_id`,`leaf_index`);
--> statement-breakpoint
CREATE TRIGGER log_leaves_no_update BEFORE UPDATE ON log_leaves
BEGIN SELECT RAISE(ABORT, 'log_leaves is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER log_leaves_no_delete BEFORE DELETE ON log_leaves
BEGIN SELECT RAISE(ABORT, 'log_leaves is append-only'); END;
