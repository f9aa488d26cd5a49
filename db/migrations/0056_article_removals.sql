DROP TRIGGER draft_versions_no_delete;
--> statement-breakpoint
DROP TRIGGER article_versions_no_delete;
--> statement-breakpoint
ALTER TABLE `removals` DROP CONSTRAINT removals_subject;
--> statement-breakpoint
ALTER TABLE `removals` ADD CONSTRAINT removals_subject CHECK (subject = 'notice' OR subject = 'exposure' OR subject = 'article');
--> statement-breakpoint
CREATE TRIGGER draft_versions_no_delete BEFORE DELETE ON draft_versions
WHEN NOT EXISTS (SELECT 1 FROM drafts d JOIN removals r ON r.subject = 'article' AND r.id IN (d.article_id, d.original_article_id) WHERE d.id = old.draft_id)
BEGIN SELECT RAISE(ABORT, 'draft_versions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER article_versions_no_delete BEFORE DELETE ON article_versions
WHEN NOT EXISTS (SELECT 1 FROM removals WHERE subject = 'article' AND id = old.article_id)
BEGIN SELECT RAISE(ABORT, 'article_versions is append-only'); END;
