-- What an entry said and what happened to it is never rewritten: the archive must show it when publication is long over.
CREATE TRIGGER exposure_versions_no_update BEFORE UPDATE ON exposure_versions
BEGIN SELECT RAISE(ABORT, 'exposure_versions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER exposure_versions_no_delete BEFORE DELETE ON exposure_versions
BEGIN SELECT RAISE(ABORT, 'exposure_versions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER exposure_events_no_update BEFORE UPDATE ON exposure_events
BEGIN SELECT RAISE(ABORT, 'exposure_events is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER exposure_events_no_delete BEFORE DELETE ON exposure_events
BEGIN SELECT RAISE(ABORT, 'exposure_events is append-only'); END;
