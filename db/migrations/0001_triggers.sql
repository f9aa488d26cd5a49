-- What the public may see. The planner flattens it, so the partial indexes serve it.
CREATE VIEW published_notices AS SELECT * FROM notices WHERE is_public = 1;
--> statement-breakpoint
-- Published versions are append-only.
CREATE TRIGGER notice_versions_no_update BEFORE UPDATE ON notice_versions
BEGIN SELECT RAISE(ABORT, 'notice_versions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER notice_versions_no_delete BEFORE DELETE ON notice_versions
BEGIN SELECT RAISE(ABORT, 'notice_versions is append-only'); END;
--> statement-breakpoint
-- Exact totals without counting: notice_counts follows every change of the public set.
CREATE TRIGGER notice_counts_insert AFTER INSERT ON notices WHEN new.is_public = 1
BEGIN
  INSERT INTO notice_counts (category, stage, county, year, total)
  VALUES (new.category, new.stage, new.county, CAST(strftime('%Y', new.published_at, '+8 hours') AS INTEGER), 1)
  ON CONFLICT DO UPDATE SET total = total + 1;
END;
--> statement-breakpoint
CREATE TRIGGER notice_counts_delete AFTER DELETE ON notices WHEN old.is_public = 1
BEGIN
  UPDATE notice_counts SET total = total - 1
  WHERE category = old.category AND stage = old.stage AND county = old.county
    AND year = CAST(strftime('%Y', old.published_at, '+8 hours') AS INTEGER);
END;
--> statement-breakpoint
CREATE TRIGGER notice_counts_update AFTER UPDATE OF category, stage, county, published_at, withdrawn_at, canonical_id ON notices
WHEN old.is_public <> new.is_public OR old.category <> new.category OR old.stage <> new.stage
  OR old.county <> new.county OR old.published_at <> new.published_at
BEGIN
  UPDATE notice_counts SET total = total - 1
  WHERE old.is_public = 1 AND category = old.category AND stage = old.stage AND county = old.county
    AND year = CAST(strftime('%Y', old.published_at, '+8 hours') AS INTEGER);
  INSERT INTO notice_counts (category, stage, county, year, total)
  SELECT new.category, new.stage, new.county, CAST(strftime('%Y', new.published_at, '+8 hours') AS INTEGER), 1
  WHERE new.is_public = 1
  ON CONFLICT DO UPDATE SET total = total + 1;
END;
