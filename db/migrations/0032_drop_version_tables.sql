DROP TABLE `exposure_versions`;
--> statement-breakpoint
DROP TABLE `notice_versions`;
--> statement-breakpoint
CREATE VIEW notice_versions AS
SELECT r.notice_id, r.version, c.content, c.hash, r.published_at, r.reason, r.raw_item_id, c.sanitizer_version, r.actor
FROM notice_revisions r JOIN notice_contents c ON c.notice_id = r.notice_id AND c.version = r.content_version;
--> statement-breakpoint
CREATE VIEW exposure_versions AS
SELECT r.exposure_id, r.version, c.content, c.hash, r.recorded_at, r.reason, r.raw_item_id, c.sanitizer_version, r.actor
FROM exposure_revisions r JOIN exposure_contents c ON c.exposure_id = r.exposure_id AND c.version = r.version;
