DROP TRIGGER annual_report_versions_no_update;
--> statement-breakpoint
DROP TRIGGER annual_report_versions_no_delete;
--> statement-breakpoint
ALTER TABLE `annual_report_versions` DROP COLUMN `salt`;
--> statement-breakpoint
CREATE TRIGGER annual_report_versions_no_update BEFORE UPDATE ON annual_report_versions
BEGIN SELECT RAISE(ABORT, 'annual_report_versions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER annual_report_versions_no_delete BEFORE DELETE ON annual_report_versions
BEGIN SELECT RAISE(ABORT, 'annual_report_versions is append-only'); END;
