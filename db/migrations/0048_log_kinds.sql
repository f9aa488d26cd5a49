CREATE TABLE `log_contents` (
	`type` text NOT NULL,
	`subject_id` text NOT NULL,
	`version` integer NOT NULL,
	`salt` text NOT NULL,
	`content` text NOT NULL,
	PRIMARY KEY(`type`, `subject_id`, `version`),
	CONSTRAINT "log_contents_type" CHECK(type = 'article' OR type = 'report' OR type = 'statistics' OR type = 'audit'),
	CONSTRAINT "log_contents_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "log_contents_content" CHECK(json_valid(content))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `visits` (
	`day` text NOT NULL,
	`page` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`day`, `page`),
	CONSTRAINT "visits_day" CHECK(strftime('%Y-%m-%d', day) IS day),
	CONSTRAINT "visits_count" CHECK(count BETWEEN 1 AND 9007199254740991)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `log_leaves` DROP CONSTRAINT log_leaves_type;
--> statement-breakpoint
ALTER TABLE `log_leaves` ADD CONSTRAINT log_leaves_type CHECK (type = 'notice' OR type = 'exposure' OR type = 'article' OR type = 'report' OR type = 'statistics' OR type = 'submission' OR type = 'audit' OR type = 'key');
--> statement-breakpoint
CREATE TRIGGER log_contents_no_update BEFORE UPDATE ON log_contents
BEGIN SELECT RAISE(ABORT, 'log_contents is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER log_contents_no_delete BEFORE DELETE ON log_contents
WHEN NOT EXISTS (SELECT 1 FROM log_leaves l WHERE l.type = old.type AND l.subject_id = old.subject_id AND l.version = old.version AND json_extract(l.entry, '$.kind') = 'remove')
BEGIN SELECT RAISE(ABORT, 'log_contents is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER log_contents_no_return BEFORE INSERT ON log_contents
WHEN EXISTS (SELECT 1 FROM log_leaves l WHERE l.type = new.type AND l.subject_id = new.subject_id AND l.version = new.version AND json_extract(l.entry, '$.kind') = 'remove')
BEGIN SELECT RAISE(ABORT, 'log_contents is append-only'); END;
