DROP TRIGGER notice_versions_no_delete;
--> statement-breakpoint
DROP TRIGGER exposure_versions_no_delete;
--> statement-breakpoint
DROP TRIGGER exposure_events_no_update;
--> statement-breakpoint
DROP TRIGGER redactions_no_update;
--> statement-breakpoint
DROP TRIGGER redactions_no_delete;
--> statement-breakpoint
DROP TRIGGER notice_versions_no_update;
--> statement-breakpoint
DROP TRIGGER exposure_versions_no_update;
--> statement-breakpoint
DROP TRIGGER notice_counts_insert;
--> statement-breakpoint
DROP TRIGGER notice_counts_delete;
--> statement-breakpoint
DROP TRIGGER notice_counts_update;
--> statement-breakpoint
DROP TRIGGER organizations_insert;
--> statement-breakpoint
DROP VIEW published_notices;
--> statement-breakpoint
DROP TRIGGER organization_activity_insert;
--> statement-breakpoint
DROP TRIGGER organization_activity_delete;
--> statement-breakpoint
DROP TRIGGER organization_activity_update;
--> statement-breakpoint
CREATE TABLE `removals` (
	`subject` text NOT NULL,
	`id` text NOT NULL,
	`reason` text NOT NULL,
	`salt` text,
	`mark` text,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`subject`, `id`),
	CONSTRAINT "removals_subject" CHECK(subject = 'notice' OR subject = 'exposure'),
	CONSTRAINT "removals_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at),
	CONSTRAINT "removals_marked" CHECK((salt IS NULL) = (mark IS NULL))
) STRICT;
--> statement-breakpoint
CREATE TABLE `exposure_contents` (
	`exposure_id` text NOT NULL,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`hash` text NOT NULL,
	`salt` text NOT NULL,
	`sanitizer_version` integer NOT NULL,
	PRIMARY KEY(`exposure_id`, `version`),
	FOREIGN KEY (`exposure_id`,`version`) REFERENCES `exposure_revisions`(`exposure_id`,`version`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "exposure_contents_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "exposure_contents_content" CHECK(json_valid(content)),
	CONSTRAINT "exposure_contents_sanitizer_version" CHECK(sanitizer_version BETWEEN 0 AND 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE INDEX `exposure_contents_sanitizer` ON `exposure_contents` (`sanitizer_version`,`exposure_id`,`version`);
--> statement-breakpoint
CREATE TABLE `exposure_revisions` (
	`exposure_id` text NOT NULL,
	`version` integer NOT NULL,
	`seal` text NOT NULL,
	`recorded_at` text NOT NULL,
	`reason` text NOT NULL,
	`raw_item_id` integer,
	`actor` text DEFAULT 'unknown' NOT NULL,
	PRIMARY KEY(`exposure_id`, `version`),
	FOREIGN KEY (`exposure_id`) REFERENCES `exposures`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`raw_item_id`) REFERENCES `raw_items`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "exposure_revisions_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "exposure_revisions_recorded_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', recorded_at) IS recorded_at),
	CONSTRAINT "exposure_revisions_reason" CHECK(reason = 'created' OR reason = 'changed')
) STRICT;
--> statement-breakpoint
CREATE TABLE `notice_contents` (
	`notice_id` text NOT NULL,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`hash` text NOT NULL,
	`salt` text NOT NULL,
	`sanitizer_version` integer NOT NULL,
	PRIMARY KEY(`notice_id`, `version`),
	FOREIGN KEY (`notice_id`,`version`) REFERENCES `notice_revisions`(`notice_id`,`version`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "notice_contents_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "notice_contents_content" CHECK(json_valid(content)),
	CONSTRAINT "notice_contents_sanitizer_version" CHECK(sanitizer_version BETWEEN 0 AND 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE INDEX `notice_contents_sanitizer` ON `notice_contents` (`sanitizer_version`,`notice_id`,`version`);
--> statement-breakpoint
CREATE TABLE `notice_revisions` (
	`notice_id` text NOT NULL,
	`version` integer NOT NULL,
	`content_version` integer NOT NULL,
	`seal` text,
	`published_at` text NOT NULL,
	`reason` text NOT NULL,
	`raw_item_id` integer,
	`actor` text DEFAULT 'unknown' NOT NULL,
	PRIMARY KEY(`notice_id`, `version`),
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`raw_item_id`) REFERENCES `raw_items`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "notice_revisions_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "notice_revisions_content_version" CHECK(content_version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "notice_revisions_published_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', published_at) IS published_at),
	CONSTRAINT "notice_revisions_reason" CHECK(reason = 'created' OR reason = 'changed' OR reason = 'withdrawn' OR reason = 'restored'),
	CONSTRAINT "notice_revisions_content" CHECK(content_version = version OR reason = 'withdrawn' AND content_version < version),
	CONSTRAINT "notice_revisions_sealed" CHECK((seal IS NOT NULL) = (content_version = version))
) STRICT;
--> statement-breakpoint
CREATE TABLE `__new_exposures` (
	`id` text PRIMARY KEY NOT NULL,
	`source_key` text NOT NULL,
	`source_item_id` text NOT NULL,
	`version` integer NOT NULL,
	`board` text NOT NULL,
	`county` text NOT NULL,
	`subject_type` text NOT NULL,
	`subject_key` text NOT NULL,
	`subject_uscc` text,
	`misconduct` text NOT NULL,
	`decision_key` text NOT NULL,
	`authority` text NOT NULL,
	`decision_date` text NOT NULL,
	`public_from` text NOT NULL,
	`public_until` text NOT NULL,
	`ended_at` text,
	`withheld` integer NOT NULL,
	`first_seen_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`last_seen_at` text NOT NULL,
	`gone_at` text,
	`removed_at` text,
	FOREIGN KEY (`source_key`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`id`,`version`) REFERENCES `exposure_revisions`(`exposure_id`,`version`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "exposures_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "exposures_board" CHECK(board = 'exposure' OR board = 'blacklist'),
	CONSTRAINT "exposures_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "exposures_subject_type" CHECK(subject_type = 'procuringEntity' OR subject_type = 'agency' OR subject_type = 'supplier' OR subject_type = 'organization' OR subject_type = 'expert' OR subject_type = 'individual'),
	CONSTRAINT "exposures_misconduct" CHECK(misconduct = 'expertNotRecused' OR misconduct = 'expertAbsent' OR misconduct = 'expertBiasedScoring' OR misconduct = 'expertPrivateContact' OR misconduct = 'expertBribe' OR misconduct = 'expertLeak' OR misconduct = 'collusionWithBuyer' OR misconduct = 'agencyMisconduct' OR misconduct = 'bribery' OR misconduct = 'borrowedQualification' OR misconduct = 'lendingQualification' OR misconduct = 'bidRiggingAmongBidders' OR misconduct = 'maliciousComplaint' OR misconduct = 'fraud' OR misconduct = 'illegalSubcontract' OR misconduct = 'refuseContract' OR misconduct = 'breachOfContract' OR misconduct = 'deviatingAgreement' OR misconduct = 'avoidTendering' OR misconduct = 'restrictCompetition' OR misconduct = 'illegalTimeLimit' OR misconduct = 'bondViolation' OR misconduct = 'illegalAward' OR misconduct = 'other'),
	CONSTRAINT "exposures_decision_date" CHECK(strftime('%Y-%m-%d', decision_date) IS decision_date),
	CONSTRAINT "exposures_public_from" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', public_from) IS public_from),
	CONSTRAINT "exposures_public_until" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', public_until) IS public_until),
	CONSTRAINT "exposures_ended_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', ended_at) IS ended_at),
	CONSTRAINT "exposures_withheld" CHECK(withheld IN (0, 1)),
	CONSTRAINT "exposures_first_seen_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', first_seen_at) IS first_seen_at),
	CONSTRAINT "exposures_updated_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at),
	CONSTRAINT "exposures_last_seen_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', last_seen_at) IS last_seen_at),
	CONSTRAINT "exposures_gone_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', gone_at) IS gone_at),
	CONSTRAINT "exposures_removed_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', removed_at) IS removed_at),
	CONSTRAINT "exposures_removed" CHECK(removed_at IS NULL OR withheld = 1)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_exposures` (`id`, `source_key`, `source_item_id`, `version`, `board`, `county`, `subject_type`, `subject_key`, `subject_uscc`, `misconduct`, `decision_key`, `authority`, `decision_date`, `public_from`, `public_until`, `ended_at`, `withheld`, `first_seen_at`, `updated_at`, `last_seen_at`, `gone_at`) SELECT `id`, `source_key`, `source_item_id`, `version`, `board`, `county`, `subject_type`, `subject_key`, `subject_uscc`, `misconduct`, `decision_key`, `authority`, `decision_date`, `public_from`, `public_until`, `ended_at`, `withheld`, `first_seen_at`, `updated_at`, `last_seen_at`, `gone_at` FROM `exposures`;
--> statement-breakpoint
DROP TABLE `exposures`;
--> statement-breakpoint
ALTER TABLE `__new_exposures` RENAME TO `exposures`;
--> statement-breakpoint
CREATE TABLE `__new_notices` (
	`id` text PRIMARY KEY NOT NULL,
	`source_key` text NOT NULL,
	`source_item_id` text NOT NULL,
	`version` integer NOT NULL,
	`title` text NOT NULL,
	`category` text NOT NULL,
	`stage` text NOT NULL,
	`county` text NOT NULL,
	`published_by` text NOT NULL,
	`project_id` text NOT NULL,
	`project_code` text,
	`lot_code` text,
	`buyer` text,
	`agency` text,
	`suppliers` text DEFAULT '[]' NOT NULL,
	`amount_fen` integer,
	`amount_kind` text,
	`deadline_at` text,
	`deadline_precision` text,
	`opening_at` text,
	`opening_precision` text,
	`closes_at` text,
	`superseded_by` text,
	`superseded_how` text,
	`published_at` text NOT NULL,
	`published_precision` text NOT NULL,
	`facts` text DEFAULT '{}' NOT NULL,
	`source_url` text,
	`deduplication_key` text NOT NULL,
	`fingerprint` text NOT NULL,
	`first_seen_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`last_seen_at` text NOT NULL,
	`gone_at` text,
	`withdrawn_at` text,
	`removed_at` text,
	`canonical_id` text,
	`is_public` integer GENERATED ALWAYS AS ((withdrawn_at IS NULL AND canonical_id IS NULL)) STORED NOT NULL,
	`reading_rules` integer DEFAULT 0 NOT NULL,
	`tenderers` text DEFAULT '[]' NOT NULL,
	FOREIGN KEY (`source_key`) REFERENCES `sources`(`key`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`canonical_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`id`,`version`) REFERENCES `notice_revisions`(`notice_id`,`version`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "notices_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "notices_category" CHECK(category = 'construction' OR category = 'procurement' OR category = 'land' OR category = 'mining' OR category = 'property' OR category = 'medical' OR category = 'general'),
	CONSTRAINT "notices_stage" CHECK(stage = 'tenderPlan' OR stage = 'procurementIntention' OR stage = 'prequalificationNotice' OR stage = 'prequalificationResult' OR stage = 'tenderNotice' OR stage = 'singleSourceNotice' OR stage = 'clarification' OR stage = 'correctionNotice' OR stage = 'openingRecord' OR stage = 'candidateNotice' OR stage = 'awardNotice' OR stage = 'failureNotice' OR stage = 'terminationNotice' OR stage = 'suspensionNotice' OR stage = 'resumptionNotice' OR stage = 'contractNotice' OR stage = 'performanceNotice' OR stage = 'acceptanceNotice' OR stage = 'complaintDecision' OR stage = 'supervisionDecision' OR stage = 'landSupplyPlan' OR stage = 'landOffering' OR stage = 'landOfferingSupplement' OR stage = 'landDealNotice' OR stage = 'landResult' OR stage = 'miningOffering' OR stage = 'miningDealNotice' OR stage = 'miningRegistration' OR stage = 'propertyPreDisclosure' OR stage = 'propertyListing' OR stage = 'propertyListingChange' OR stage = 'propertyDeal'),
	CONSTRAINT "notices_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "notices_published_by" CHECK(published_by = 'jining' OR published_by = 'rencheng' OR published_by = 'yanzhou' OR published_by = 'qufu' OR published_by = 'zoucheng' OR published_by = 'weishan' OR published_by = 'yutai' OR published_by = 'jinxiang' OR published_by = 'jiaxiang' OR published_by = 'wenshang' OR published_by = 'sishui' OR published_by = 'liangshan' OR published_by = 'gaoxin' OR published_by = 'taibaihu' OR published_by = 'jingkai'),
	CONSTRAINT "notices_suppliers" CHECK(json_valid(suppliers) AND json_type(suppliers) = 'array'),
	CONSTRAINT "notices_amount_fen" CHECK(amount_fen BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "notices_amount_kind" CHECK(amount_kind = 'budget' OR amount_kind = 'ceiling' OR amount_kind = 'bid' OR amount_kind = 'award' OR amount_kind = 'contract' OR amount_kind = 'start' OR amount_kind = 'deal'),
	CONSTRAINT "notices_deadline_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', deadline_at) IS deadline_at),
	CONSTRAINT "notices_deadline_precision" CHECK(deadline_precision = 'day' OR deadline_precision = 'minute' OR deadline_precision = 'second' OR deadline_precision = 'endOfDay'),
	CONSTRAINT "notices_opening_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', opening_at) IS opening_at),
	CONSTRAINT "notices_opening_precision" CHECK(opening_precision = 'day' OR opening_precision = 'minute' OR opening_precision = 'second' OR opening_precision = 'endOfDay'),
	CONSTRAINT "notices_closes_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', closes_at) IS closes_at),
	CONSTRAINT "notices_superseded_how" CHECK(superseded_how = 'deadline' OR superseded_how = 'round'),
	CONSTRAINT "notices_published_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', published_at) IS published_at),
	CONSTRAINT "notices_published_precision" CHECK(published_precision = 'day' OR published_precision = 'minute' OR published_precision = 'second'),
	CONSTRAINT "notices_facts" CHECK(json_valid(facts) AND json_type(facts) = 'object'),
	CONSTRAINT "notices_first_seen_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', first_seen_at) IS first_seen_at),
	CONSTRAINT "notices_updated_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at),
	CONSTRAINT "notices_last_seen_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', last_seen_at) IS last_seen_at),
	CONSTRAINT "notices_gone_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', gone_at) IS gone_at),
	CONSTRAINT "notices_withdrawn_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', withdrawn_at) IS withdrawn_at),
	CONSTRAINT "notices_removed_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', removed_at) IS removed_at),
	CONSTRAINT "notices_reading_rules" CHECK(reading_rules BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "notices_tenderers" CHECK(json_valid(tenderers) AND json_type(tenderers) = 'array'),
	CONSTRAINT "notices_deadline" CHECK((deadline_at IS NULL) = (deadline_precision IS NULL)),
	CONSTRAINT "notices_opening" CHECK((opening_at IS NULL) = (opening_precision IS NULL)),
	CONSTRAINT "notices_amount" CHECK((amount_fen IS NULL) = (amount_kind IS NULL)),
	CONSTRAINT "notices_superseded" CHECK((superseded_by IS NULL) = (superseded_how IS NULL)),
	CONSTRAINT "notices_removed" CHECK(removed_at IS NULL OR withdrawn_at IS NOT NULL)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_notices` (`id`, `source_key`, `source_item_id`, `version`, `title`, `category`, `stage`, `county`, `published_by`, `project_id`, `project_code`, `lot_code`, `buyer`, `agency`, `suppliers`, `amount_fen`, `amount_kind`, `deadline_at`, `deadline_precision`, `opening_at`, `opening_precision`, `published_at`, `published_precision`, `facts`, `source_url`, `deduplication_key`, `fingerprint`, `first_seen_at`, `updated_at`, `last_seen_at`, `gone_at`, `withdrawn_at`, `canonical_id`, `reading_rules`, `closes_at`, `superseded_by`, `superseded_how`, `tenderers`) SELECT `id`, `source_key`, `source_item_id`, `version`, `title`, `category`, `stage`, `county`, `published_by`, `project_id`, `project_code`, `lot_code`, `buyer`, `agency`, `suppliers`, `amount_fen`, `amount_kind`, `deadline_at`, `deadline_precision`, `opening_at`, `opening_precision`, `published_at`, `published_precision`, `facts`, `source_url`, `deduplication_key`, `fingerprint`, `first_seen_at`, `updated_at`, `last_seen_at`, `gone_at`, `withdrawn_at`, `canonical_id`, `reading_rules`, `closes_at`, `superseded_by`, `superseded_how`, `tenderers` FROM `notices`;
--> statement-breakpoint
DROP TABLE `notices`;
--> statement-breakpoint
ALTER TABLE `__new_notices` RENAME TO `notices`;
--> statement-breakpoint
CREATE TABLE `__new_redactions` (
	`subject` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`kind` text DEFAULT 'masked' NOT NULL,
	`sanitizer_version` integer NOT NULL,
	`hash` text,
	`seal` text,
	`masked` integer NOT NULL,
	`change` integer NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	`at` text NOT NULL,
	`actor` text DEFAULT 'unknown' NOT NULL,
	PRIMARY KEY(`subject`, `id`, `version`, `sanitizer_version`, `kind`),
	CONSTRAINT "redactions_subject" CHECK(subject = 'notice' OR subject = 'exposure'),
	CONSTRAINT "redactions_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "redactions_kind" CHECK(kind = 'masked' OR kind = 'removed'),
	CONSTRAINT "redactions_sanitizer_version" CHECK(sanitizer_version BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "redactions_masked" CHECK(masked BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "redactions_change" CHECK(change BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "redactions_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at),
	CONSTRAINT "redactions_removed" CHECK((kind = 'removed') = (hash IS NULL))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_redactions` (`subject`, `id`, `version`, `sanitizer_version`, `hash`, `masked`, `change`, `at`, `actor`) SELECT `subject`, `id`, `version`, `sanitizer_version`, `hash`, `masked`, `change`, `at`, `actor` FROM `redactions`;
--> statement-breakpoint
DROP TABLE `redactions`;
--> statement-breakpoint
ALTER TABLE `__new_redactions` RENAME TO `redactions`;
--> statement-breakpoint
CREATE TABLE `__new_submissions` (
	`notice_id` text NOT NULL,
	`version` integer NOT NULL,
	`batch_id` text,
	`remark` text,
	PRIMARY KEY(`notice_id`, `version`),
	FOREIGN KEY (`batch_id`) REFERENCES `submission_batches`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`notice_id`,`version`) REFERENCES `notice_revisions`(`notice_id`,`version`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "submissions_version" CHECK(version BETWEEN 1 AND 9007199254740991)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_submissions` (`notice_id`, `version`, `batch_id`, `remark`) SELECT `notice_id`, `version`, `batch_id`, `remark` FROM `submissions`;
--> statement-breakpoint
DROP TABLE `submissions`;
--> statement-breakpoint
ALTER TABLE `__new_submissions` RENAME TO `submissions`;
--> statement-breakpoint
CREATE UNIQUE INDEX exposures_identity ON exposures(decision_key,subject_key,board);
--> statement-breakpoint
CREATE INDEX exposures_source ON exposures(source_key,source_item_id);
--> statement-breakpoint
CREATE INDEX exposures_board ON exposures(board,decision_date,id)WHERE withheld = 0;
--> statement-breakpoint
CREATE INDEX exposures_until ON exposures(public_until)WHERE withheld = 0;
--> statement-breakpoint
CREATE INDEX exposures_subject ON exposures(subject_key,public_until)WHERE withheld = 0;
--> statement-breakpoint
CREATE INDEX exposures_uscc ON exposures(subject_uscc,public_until)WHERE withheld = 0 AND subject_uscc IS NOT NULL;
--> statement-breakpoint
CREATE INDEX notices_source_item ON notices(source_key,source_item_id);
--> statement-breakpoint
CREATE INDEX notices_source_seen ON notices(source_key,last_seen_at);
--> statement-breakpoint
CREATE INDEX notices_deduplication ON notices(deduplication_key);
--> statement-breakpoint
CREATE INDEX notices_fingerprint ON notices(fingerprint);
--> statement-breakpoint
CREATE INDEX notices_canonical ON notices(canonical_id)WHERE canonical_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX notices_project ON notices(project_id,published_at);
--> statement-breakpoint
CREATE INDEX notices_published ON notices(published_at,id,category,stage,county,is_public)WHERE is_public = 1;
--> statement-breakpoint
CREATE INDEX notices_arrived ON notices(first_seen_at,id)WHERE is_public = 1;
--> statement-breakpoint
CREATE INDEX notices_category ON notices(category,published_at,id)WHERE is_public = 1;
--> statement-breakpoint
CREATE INDEX notices_category_stage ON notices(category,stage,published_at,id)WHERE is_public = 1;
--> statement-breakpoint
CREATE INDEX notices_stage ON notices(stage,published_at,id)WHERE is_public = 1;
--> statement-breakpoint
CREATE INDEX notices_county ON notices(county,published_at,id)WHERE is_public = 1;
--> statement-breakpoint
CREATE INDEX notices_county_category ON notices(county,category,published_at,id)WHERE is_public = 1;
--> statement-breakpoint
CREATE INDEX notices_deadline ON notices(closes_at,id,category,stage,county,is_public)WHERE is_public = 1 AND closes_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX notices_void_deadline ON notices(deadline_at)WHERE deadline_at IS NOT NULL AND closes_at IS NULL AND canonical_id IS NULL;
--> statement-breakpoint
CREATE INDEX notices_amount ON notices(amount_fen,id,category,stage,county,is_public)WHERE is_public = 1 AND amount_fen IS NOT NULL;
--> statement-breakpoint
CREATE INDEX redactions_change ON redactions(change);
--> statement-breakpoint
CREATE INDEX submissions_batch ON submissions(batch_id);
--> statement-breakpoint
CREATE VIEW published_notices AS SELECT * FROM notices WHERE is_public = 1;
--> statement-breakpoint
CREATE TRIGGER notice_counts_insert AFTER INSERT ON notices WHEN new.is_public = 1
BEGIN
  INSERT INTO notice_counts (category, stage, county, year, total)
  SELECT new.category, new.stage, new.county, CAST(strftime('%Y', new.published_at, '+8 hours') AS INTEGER), 1
  WHERE new.is_public = 1
  ON CONFLICT DO UPDATE SET total = total + 1;
END;
--> statement-breakpoint
CREATE TRIGGER notice_counts_delete AFTER DELETE ON notices WHEN old.is_public = 1
BEGIN
  UPDATE notice_counts SET total = total - 1
  WHERE old.is_public = 1 AND category = old.category AND stage = old.stage
    AND county = old.county AND year = CAST(strftime('%Y', old.published_at, '+8 hours') AS INTEGER);
END;
--> statement-breakpoint
CREATE TRIGGER notice_counts_update AFTER UPDATE OF category, stage, county, published_at, withdrawn_at, canonical_id ON notices
WHEN old.is_public <> new.is_public OR old.category <> new.category OR old.stage <> new.stage
  OR old.county <> new.county OR old.published_at <> new.published_at
BEGIN
  UPDATE notice_counts SET total = total - 1
  WHERE old.is_public = 1 AND category = old.category AND stage = old.stage
    AND county = old.county AND year = CAST(strftime('%Y', old.published_at, '+8 hours') AS INTEGER);
  INSERT INTO notice_counts (category, stage, county, year, total)
  SELECT new.category, new.stage, new.county, CAST(strftime('%Y', new.published_at, '+8 hours') AS INTEGER), 1
  WHERE new.is_public = 1
  ON CONFLICT DO UPDATE SET total = total + 1;
END;
--> statement-breakpoint
CREATE TRIGGER organizations_insert AFTER INSERT ON organizations
BEGIN
  INSERT INTO organization_activity (organization_id, role, county, notices) VALUES (new.id, '', '', 0) ON CONFLICT DO NOTHING;
END;
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
--> statement-breakpoint
CREATE TRIGGER notice_revisions_no_update BEFORE UPDATE ON notice_revisions
BEGIN SELECT RAISE(ABORT, 'notice_revisions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER notice_revisions_no_delete BEFORE DELETE ON notice_revisions
BEGIN SELECT RAISE(ABORT, 'notice_revisions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER exposure_revisions_no_update BEFORE UPDATE ON exposure_revisions
BEGIN SELECT RAISE(ABORT, 'exposure_revisions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER exposure_revisions_no_delete BEFORE DELETE ON exposure_revisions
BEGIN SELECT RAISE(ABORT, 'exposure_revisions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER notice_contents_no_update BEFORE UPDATE ON notice_contents
WHEN (old.notice_id, old.version)
    IS NOT (new.notice_id, new.version)
  OR (old.content, old.hash, old.salt) IS NOT (new.content, new.hash, new.salt)
    AND (old.content IS new.content OR old.hash IS new.hash OR old.salt IS new.salt OR NOT EXISTS (
      SELECT 1 FROM redactions r WHERE r.subject = 'notice' AND r.id = new.notice_id AND r.version = new.version AND r.kind = 'masked' AND r.sanitizer_version = new.sanitizer_version AND r.hash = new.hash))
BEGIN SELECT RAISE(ABORT, 'notice_contents is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER notice_contents_no_delete BEFORE DELETE ON notice_contents
WHEN NOT EXISTS (SELECT 1 FROM redactions r WHERE r.subject = 'notice' AND r.id = old.notice_id AND r.version = old.version AND r.kind = 'removed')
BEGIN SELECT RAISE(ABORT, 'notice_contents is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER notice_contents_no_return BEFORE INSERT ON notice_contents
WHEN EXISTS (SELECT 1 FROM redactions r WHERE r.subject = 'notice' AND r.id = new.notice_id AND r.version = new.version AND r.kind = 'removed')
BEGIN SELECT RAISE(ABORT, 'notice_contents is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER exposure_contents_no_update BEFORE UPDATE ON exposure_contents
WHEN (old.exposure_id, old.version)
    IS NOT (new.exposure_id, new.version)
  OR (old.content, old.hash, old.salt) IS NOT (new.content, new.hash, new.salt)
    AND (old.content IS new.content OR old.hash IS new.hash OR old.salt IS new.salt OR NOT EXISTS (
      SELECT 1 FROM redactions r WHERE r.subject = 'exposure' AND r.id = new.exposure_id AND r.version = new.version AND r.kind = 'masked' AND r.sanitizer_version = new.sanitizer_version AND r.hash = new.hash))
BEGIN SELECT RAISE(ABORT, 'exposure_contents is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER exposure_contents_no_delete BEFORE DELETE ON exposure_contents
WHEN NOT EXISTS (SELECT 1 FROM redactions r WHERE r.subject = 'exposure' AND r.id = old.exposure_id AND r.version = old.version AND r.kind = 'removed')
BEGIN SELECT RAISE(ABORT, 'exposure_contents is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER exposure_contents_no_return BEFORE INSERT ON exposure_contents
WHEN EXISTS (SELECT 1 FROM redactions r WHERE r.subject = 'exposure' AND r.id = new.exposure_id AND r.version = new.version AND r.kind = 'removed')
BEGIN SELECT RAISE(ABORT, 'exposure_contents is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER exposure_events_no_update BEFORE UPDATE ON exposure_events
WHEN (old.exposure_id, old.kind, old.at, old.recorded_at, old.actor)
    IS NOT (new.exposure_id, new.kind, new.at, new.recorded_at, new.actor)
  OR new.basis <> '' OR NOT EXISTS (SELECT 1 FROM redactions r WHERE r.subject = 'exposure' AND r.id = new.exposure_id AND r.kind = 'removed')
BEGIN SELECT RAISE(ABORT, 'exposure_events is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER redactions_no_update BEFORE UPDATE ON redactions
BEGIN SELECT RAISE(ABORT, 'redactions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER redactions_no_delete BEFORE DELETE ON redactions
BEGIN SELECT RAISE(ABORT, 'redactions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER removals_no_update BEFORE UPDATE ON removals
BEGIN SELECT RAISE(ABORT, 'removals is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER removals_no_delete BEFORE DELETE ON removals
BEGIN SELECT RAISE(ABORT, 'removals is append-only'); END;
--> statement-breakpoint
-- What versions say moves out of their rows, each with a salt of its own. Until the next migration both hold it.
INSERT INTO `notice_contents` (`notice_id`, `version`, `content`, `hash`, `salt`, `sanitizer_version`)
SELECT `notice_id`, `version`, `content`, `hash`, lower(hex(randomblob(32))), `sanitizer_version` FROM `notice_versions`;
--> statement-breakpoint
INSERT INTO `notice_revisions` (`notice_id`, `version`, `content_version`, `seal`, `published_at`, `reason`, `raw_item_id`, `actor`)
SELECT v.`notice_id`, v.`version`, v.`version`, sha256(c.`salt` || c.`content`), v.`published_at`, v.`reason`, v.`raw_item_id`, v.`actor`
FROM `notice_versions` v JOIN `notice_contents` c ON c.`notice_id` = v.`notice_id` AND c.`version` = v.`version`;
--> statement-breakpoint
INSERT INTO `exposure_contents` (`exposure_id`, `version`, `content`, `hash`, `salt`, `sanitizer_version`)
SELECT `exposure_id`, `version`, `content`, `hash`, lower(hex(randomblob(32))), `sanitizer_version` FROM `exposure_versions`;
--> statement-breakpoint
INSERT INTO `exposure_revisions` (`exposure_id`, `version`, `seal`, `recorded_at`, `reason`, `raw_item_id`, `actor`)
SELECT v.`exposure_id`, v.`version`, sha256(c.`salt` || c.`content`), v.`recorded_at`, v.`reason`, v.`raw_item_id`, v.`actor`
FROM `exposure_versions` v JOIN `exposure_contents` c ON c.`exposure_id` = v.`exposure_id` AND c.`version` = v.`version`;
