CREATE TABLE `removed_contents` (
	`subject` text NOT NULL,
	`id` text NOT NULL,
	`mark` text NOT NULL,
	`salt` text NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`subject`, `id`, `mark`),
	CONSTRAINT "removed_contents_subject" CHECK(subject = 'notice' OR subject = 'exposure'),
	CONSTRAINT "removed_contents_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at)
) STRICT;
--> statement-breakpoint
CREATE TRIGGER removed_contents_no_update BEFORE UPDATE ON removed_contents
BEGIN SELECT RAISE(ABORT, 'removed_contents is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER removed_contents_no_delete BEFORE DELETE ON removed_contents
BEGIN SELECT RAISE(ABORT, 'removed_contents is append-only'); END;
