-- Names of organizations as opaque grams, and pairs of neighbouring initials; rows are numbered by organizations.
CREATE VIRTUAL TABLE organization_search USING fts5(names, initials, content='', contentless_delete=1, tokenize='ascii');
--> statement-breakpoint
-- Every organization stands in the list, also without a notice.
CREATE TRIGGER organizations_insert AFTER INSERT ON organizations
BEGIN
  INSERT INTO organization_activity (organization_id, role, county, notices) VALUES (new.id, '', '', 0)
  ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER organizations_delete AFTER DELETE ON organizations
BEGIN
  DELETE FROM organization_activity WHERE organization_id = old.id;
END;
--> statement-breakpoint
-- organization_activity follows the parties of public notices. A notice counts once in each of the four sums, however many
-- names and roles the organization has in it.
CREATE TRIGGER organization_activity_insert AFTER INSERT ON notice_parties WHEN new.organization_id IS NOT NULL
BEGIN
  INSERT INTO organization_activity (organization_id, role, county, notices)
  SELECT new.organization_id, r.role, c.county, 1
  FROM (SELECT new.role AS role UNION ALL SELECT '') r, (SELECT new.county AS county UNION ALL SELECT '') c
  WHERE NOT EXISTS (
    SELECT 1 FROM notice_parties p WHERE p.notice_id = new.notice_id AND p.organization_id = new.organization_id
    AND (r.role = '' OR p.role = r.role) AND NOT (p.role = new.role AND p.name = new.name))
  ON CONFLICT DO UPDATE SET notices = notices + 1;
END;
--> statement-breakpoint
CREATE TRIGGER organization_activity_delete AFTER DELETE ON notice_parties WHEN old.organization_id IS NOT NULL
BEGIN
  UPDATE organization_activity SET notices = notices - 1
  WHERE organization_id = old.organization_id AND role IN (old.role, '') AND county IN (old.county, '') AND NOT EXISTS (
    SELECT 1 FROM notice_parties p WHERE p.notice_id = old.notice_id AND p.organization_id = old.organization_id
    AND (organization_activity.role = '' OR p.role = organization_activity.role));
END;
--> statement-breakpoint
CREATE TRIGGER organization_activity_update AFTER UPDATE OF organization_id ON notice_parties
WHEN old.organization_id IS NOT new.organization_id
BEGIN
  UPDATE organization_activity SET notices = notices - 1
  WHERE organization_id = old.organization_id AND role IN (old.role, '') AND county IN (old.county, '') AND NOT EXISTS (
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
