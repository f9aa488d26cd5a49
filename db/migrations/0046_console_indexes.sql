DROP TRIGGER public_submissions_no_update;
--> statement-breakpoint
DROP TRIGGER public_submissions_no_delete;
--> statement-breakpoint
DROP TABLE `case_mails`;
--> statement-breakpoint
CREATE INDEX `feed_reviews_notice` ON `feed_reviews` (`notice_id`);
--> statement-breakpoint
CREATE INDEX `uploads_cleaned` ON `uploads` (`cleaned_from`);
--> statement-breakpoint
CREATE INDEX `public_submissions_notice` ON `public_submissions` (`notice_id`);
--> statement-breakpoint
ALTER TABLE `public_submissions` DROP COLUMN `mail`;
--> statement-breakpoint
CREATE INDEX `notice_links_original` ON `notice_links` (`original_id`);
--> statement-breakpoint
CREATE TRIGGER public_submissions_no_update BEFORE UPDATE ON public_submissions
BEGIN SELECT RAISE(ABORT, 'public_submissions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER public_submissions_no_delete BEFORE DELETE ON public_submissions
BEGIN SELECT RAISE(ABORT, 'public_submissions is append-only'); END;
