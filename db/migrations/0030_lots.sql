DROP VIEW published_notices;
--> statement-breakpoint
DROP TRIGGER organization_activity_insert;
--> statement-breakpoint
DROP TRIGGER organization_activity_delete;
--> statement-breakpoint
DROP TRIGGER organization_activity_update;
--> statement-breakpoint
ALTER TABLE "notice_parties" RENAME COLUMN "is_award" TO "lots";
--> statement-breakpoint
ALTER TABLE "notice_parties" RENAME COLUMN "award_fen" TO "lots_fen";
--> statement-breakpoint
CREATE TABLE `__new_notice_parties` (
	`notice_id` text NOT NULL,
	`role` text NOT NULL,
	`name` text NOT NULL,
	`published_at` text NOT NULL,
	`county` text,
	`name_key` text,
	`uscc` text,
	`organization_id` text,
	`matched_by` text,
	`lots` integer DEFAULT 0 NOT NULL,
	`priced_lots` integer DEFAULT 0 NOT NULL,
	`lots_fen` integer,
	PRIMARY KEY(`role`, `name`, `published_at`, `notice_id`),
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "notice_parties_role" CHECK(role = 'buyer' OR role = 'agency' OR role = 'supplier' OR role = 'candidate' OR role = 'tenderer'),
	CONSTRAINT "notice_parties_published_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', published_at) IS published_at),
	CONSTRAINT "notice_parties_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "notice_parties_matched_by" CHECK(matched_by = 'code' OR matched_by = 'name' OR matched_by = 'reviewed' OR matched_by = 'person'),
	CONSTRAINT "notice_parties_lots" CHECK(lots BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "notice_parties_priced_lots" CHECK(priced_lots BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "notice_parties_lots_fen" CHECK(lots_fen BETWEEN 0 AND 9007199254740991)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_notice_parties` (`notice_id`, `role`, `name`, `published_at`, `county`, `name_key`, `uscc`, `organization_id`, `matched_by`, `lots`, `priced_lots`, `priced_lots`, `lots_fen`) SELECT `notice_id`, `role`, `name`, `published_at`, `county`, `name_key`, `uscc`, `organization_id`, `matched_by`, `lots`, `lots_fen` IS NOT NULL, `lots_fen` IS NOT NULL, `lots_fen` FROM `notice_parties`;
--> statement-breakpoint
DROP TABLE `notice_parties`;
--> statement-breakpoint
ALTER TABLE `__new_notice_parties` RENAME TO `notice_parties`;
--> statement-breakpoint
ALTER TABLE `notices` ADD `tenderers` text DEFAULT '[]' NOT NULL;
--> statement-breakpoint
ALTER TABLE `notices` ADD CONSTRAINT notices_tenderers CHECK (json_valid(tenderers) AND json_type(tenderers) = 'array');
--> statement-breakpoint
ALTER TABLE `organization_activity` DROP CONSTRAINT organization_activity_role;
--> statement-breakpoint
ALTER TABLE `organization_activity` ADD CONSTRAINT organization_activity_role CHECK (role = '' OR role = 'buyer' OR role = 'agency' OR role = 'supplier' OR role = 'candidate' OR role = 'tenderer');
--> statement-breakpoint
CREATE INDEX notice_parties_notice ON notice_parties(notice_id);
--> statement-breakpoint
CREATE INDEX notice_parties_organization ON notice_parties(organization_id,name_key,uscc);
--> statement-breakpoint
CREATE INDEX notice_parties_lots ON notice_parties(organization_id,role,published_at,notice_id,county,lots,priced_lots,lots_fen)WHERE lots > 0;
--> statement-breakpoint
CREATE INDEX notice_parties_unresolved ON notice_parties(notice_id)WHERE matched_by IS NULL;
--> statement-breakpoint
CREATE VIEW published_notices AS SELECT * FROM notices WHERE is_public = 1;
--> statement-breakpoint
CREATE TRIGGER organization_activity_insert AFTER INSERT ON notice_parties WHEN new.organization_id IS NOT NULL
BEGIN
  INSERT INTO organization_activity (organization_id, role, county, notices)
  SELECT new.organization_id, r.role, c.county, 1
  FROM (SELECT new.role AS role UNION ALL SELECT '') r, (SELECT new.county AS county UNION ALL SELECT '') c
  WHERE new.organization_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM notice_parties p WHERE p.notice_id = new.notice_id AND p.organization_id = new.organization_id
    AND (r.role = '' OR p.role = r.role) AND NOT (p.role = new.role AND p.name = new.name))
  ON CONFLICT DO UPDATE SET notices = notices + 1;
END;
--> statement-breakpoint
CREATE TRIGGER organization_activity_delete AFTER DELETE ON notice_parties WHEN old.organization_id IS NOT NULL
BEGIN
  UPDATE organization_activity SET notices = notices - 1
  WHERE organization_id = old.organization_id AND role IN (old.role, '')
    AND county IN (old.county, '') AND NOT EXISTS (
    SELECT 1 FROM notice_parties p WHERE p.notice_id = old.notice_id AND p.organization_id = old.organization_id
    AND (organization_activity.role = '' OR p.role = organization_activity.role));
END;
--> statement-breakpoint
CREATE TRIGGER organization_activity_update AFTER UPDATE OF organization_id ON notice_parties
WHEN old.organization_id IS NOT new.organization_id
BEGIN
  UPDATE organization_activity SET notices = notices - 1
  WHERE organization_id = old.organization_id AND role IN (old.role, '')
    AND county IN (old.county, '') AND NOT EXISTS (
    SELECT 1 FROM notice_parties p WHERE p.notice_id = old.notice_id AND p.organization_id = old.organization_id
    AND (organization_activity.role = '' OR p.role = organization_activity.role));
  INSERT INTO organization_activity (organization_id, role, county, notices)
  SELECT new.organization_id, r.role, c.county, 1
  FROM (SELECT new.role AS role UNION ALL SELECT '') r, (SELECT new.county AS county UNION ALL SELECT '') c
  WHERE new.organization_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM notice_parties p WHERE p.notice_id = new.notice_id AND p.organization_id = new.organization_id
    AND (r.role = '' OR p.role = r.role) AND NOT (p.role = new.role AND p.name = new.name))
  ON CONFLICT DO UPDATE SET notices = notices + 1;
END;
