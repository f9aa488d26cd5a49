DROP TRIGGER drafts_own_review;
--> statement-breakpoint
CREATE TABLE `article_links` (
	`from_id` text NOT NULL,
	`to_id` text NOT NULL,
	PRIMARY KEY(`from_id`, `to_id`),
	FOREIGN KEY (`from_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`to_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED
) STRICT;
--> statement-breakpoint
CREATE INDEX `article_links_to` ON `article_links` (`to_id`);
--> statement-breakpoint
CREATE TABLE `article_versions` (
	`article_id` text NOT NULL,
	`version` integer NOT NULL,
	`content` text,
	`hash` text,
	`reason` text NOT NULL,
	`note` text NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`article_id`, `version`),
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "article_versions_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "article_versions_content" CHECK(json_valid(content)),
	CONSTRAINT "article_versions_reason" CHECK(reason = 'published' OR reason = 'corrected' OR reason = 'withdrawn' OR reason = 'restored'),
	CONSTRAINT "article_versions_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at),
	CONSTRAINT "article_versions_withdrawn" CHECK((reason = 'withdrawn') = (content IS NULL)),
	CONSTRAINT "article_versions_hashed" CHECK((content IS NULL) = (hash IS NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `article_versions_reason` ON `article_versions` (`reason`,`at`);
--> statement-breakpoint
CREATE TABLE `articles` (
	`id` text PRIMARY KEY NOT NULL,
	`county` text NOT NULL,
	`kind` text NOT NULL,
	`category` text,
	`nature` text NOT NULL,
	`version` integer NOT NULL,
	`title` text NOT NULL,
	`summary` text NOT NULL,
	`issuer` text NOT NULL,
	`number` text NOT NULL,
	`issued_on` text,
	`validity` text,
	`page` text NOT NULL,
	`search_text` text NOT NULL,
	`published_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`withdrawn_at` text,
	CONSTRAINT "articles_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "articles_kind" CHECK(kind = 'news' OR kind = 'announcement' OR kind = 'media' OR kind = 'guide' OR kind = 'process' OR kind = 'service' OR kind = 'law' OR kind = 'document' OR kind = 'interpretation' OR kind = 'openness' OR kind = 'integrity' OR kind = 'response' OR kind = 'hotline' OR kind = 'proposal' OR kind = 'obstacle' OR kind = 'clarification'),
	CONSTRAINT "articles_category" CHECK(category = 'construction' OR category = 'procurement' OR category = 'land' OR category = 'mining' OR category = 'property' OR category = 'medical' OR category = 'general'),
	CONSTRAINT "articles_nature" CHECK(nature = 'own' OR nature = 'general' OR nature = 'fictional'),
	CONSTRAINT "articles_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "articles_issued_on" CHECK(strftime('%Y-%m-%d', issued_on) IS issued_on),
	CONSTRAINT "articles_validity" CHECK(validity = 'inForce' OR validity = 'amended' OR validity = 'repealed' OR validity = 'expired'),
	CONSTRAINT "articles_published_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', published_at) IS published_at),
	CONSTRAINT "articles_updated_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at),
	CONSTRAINT "articles_withdrawn_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', withdrawn_at) IS withdrawn_at)
) STRICT;
--> statement-breakpoint
CREATE INDEX `articles_kind` ON `articles` (`kind`,`published_at`);
--> statement-breakpoint
CREATE INDEX `articles_category` ON `articles` (`category`,`kind`);
--> statement-breakpoint
CREATE INDEX `articles_page` ON `articles` (`page`);
--> statement-breakpoint
CREATE INDEX `articles_published` ON `articles` (`published_at`);
--> statement-breakpoint
CREATE TABLE `disclosure_ratings` (
	`id` text PRIMARY KEY NOT NULL,
	`rated_on` text NOT NULL,
	`county` text NOT NULL,
	`content` integer NOT NULL,
	`timeliness` integer NOT NULL,
	`convenience` integer NOT NULL,
	CONSTRAINT "disclosure_ratings_rated_on" CHECK(strftime('%Y-%m-%d', rated_on) IS rated_on),
	CONSTRAINT "disclosure_ratings_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "disclosure_ratings_content" CHECK(content BETWEEN 1 AND 5),
	CONSTRAINT "disclosure_ratings_timeliness" CHECK(timeliness BETWEEN 1 AND 5),
	CONSTRAINT "disclosure_ratings_convenience" CHECK(convenience BETWEEN 1 AND 5)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `disclosure_ratings_rated` ON `disclosure_ratings` (`rated_on`);
--> statement-breakpoint
CREATE TABLE `article_files` (
	`article_id` text NOT NULL,
	`sha256` text NOT NULL,
	`name` text NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`article_id`, `sha256`),
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`sha256`) REFERENCES `files`(`sha256`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "article_files_version" CHECK(version BETWEEN 1 AND 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE INDEX `article_files_file` ON `article_files` (`sha256`);
--> statement-breakpoint
ALTER TABLE `changes` DROP CONSTRAINT changes_subject;
--> statement-breakpoint
ALTER TABLE `changes` ADD CONSTRAINT changes_subject CHECK (subject = 'notice' OR subject = 'exposure' OR subject = 'library' OR subject = 'organization' OR subject = 'article');
--> statement-breakpoint
CREATE TABLE `__new_drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`county` text NOT NULL,
	`state` text NOT NULL,
	`revision` integer NOT NULL,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`hash` text NOT NULL,
	`title` text NOT NULL,
	`category` text,
	`stage` text,
	`article_kind` text,
	`original_notice_id` text,
	`original_article_id` text,
	`author_id` text NOT NULL,
	`first_reviewer_id` text,
	`first_hash` text,
	`final_reviewer_id` text,
	`final_hash` text,
	`scheduled_at` text,
	`urgent` integer DEFAULT false NOT NULL,
	`due_at` text,
	`notice_id` text,
	`notice_version` integer,
	`article_id` text,
	`article_version` integer,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`original_notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`original_article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`author_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`first_reviewer_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`final_reviewer_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "drafts_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "drafts_state" CHECK(state = 'drafting' OR state = 'attributeReview' OR state = 'withheld' OR state = 'firstReview' OR state = 'finalReview' OR state = 'scheduled' OR state = 'published' OR state = 'corrected' OR state = 'clarified' OR state = 'withdrawn' OR state = 'archived' OR state = 'discarded'),
	CONSTRAINT "drafts_revision" CHECK(revision BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "drafts_version" CHECK(version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "drafts_content" CHECK(json_valid(content)),
	CONSTRAINT "drafts_category" CHECK(category = 'construction' OR category = 'procurement' OR category = 'land' OR category = 'mining' OR category = 'property' OR category = 'medical' OR category = 'general'),
	CONSTRAINT "drafts_stage" CHECK(stage = 'tenderPlan' OR stage = 'procurementIntention' OR stage = 'prequalificationNotice' OR stage = 'prequalificationResult' OR stage = 'tenderNotice' OR stage = 'singleSourceNotice' OR stage = 'clarification' OR stage = 'correctionNotice' OR stage = 'openingRecord' OR stage = 'candidateNotice' OR stage = 'awardNotice' OR stage = 'failureNotice' OR stage = 'terminationNotice' OR stage = 'suspensionNotice' OR stage = 'resumptionNotice' OR stage = 'contractNotice' OR stage = 'performanceNotice' OR stage = 'acceptanceNotice' OR stage = 'complaintDecision' OR stage = 'supervisionDecision' OR stage = 'landSupplyPlan' OR stage = 'landOffering' OR stage = 'landOfferingSupplement' OR stage = 'landDealNotice' OR stage = 'landResult' OR stage = 'miningOffering' OR stage = 'miningDealNotice' OR stage = 'miningRegistration' OR stage = 'propertyPreDisclosure' OR stage = 'propertyListing' OR stage = 'propertyListingChange' OR stage = 'propertyDeal'),
	CONSTRAINT "drafts_article_kind" CHECK(article_kind = 'news' OR article_kind = 'announcement' OR article_kind = 'media' OR article_kind = 'guide' OR article_kind = 'process' OR article_kind = 'service' OR article_kind = 'law' OR article_kind = 'document' OR article_kind = 'interpretation' OR article_kind = 'openness' OR article_kind = 'integrity' OR article_kind = 'response' OR article_kind = 'hotline' OR article_kind = 'proposal' OR article_kind = 'obstacle' OR article_kind = 'clarification'),
	CONSTRAINT "drafts_scheduled_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', scheduled_at) IS scheduled_at),
	CONSTRAINT "drafts_urgent" CHECK(urgent IN (0, 1)),
	CONSTRAINT "drafts_due_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', due_at) IS due_at),
	CONSTRAINT "drafts_notice_version" CHECK(notice_version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "drafts_article_version" CHECK(article_version BETWEEN 1 AND 9007199254740991),
	CONSTRAINT "drafts_created_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at),
	CONSTRAINT "drafts_updated_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at),
	CONSTRAINT "drafts_first" CHECK(first_reviewer_id IS NULL OR first_reviewer_id <> author_id),
	CONSTRAINT "drafts_final" CHECK(final_reviewer_id IS NULL OR (final_reviewer_id <> author_id AND first_reviewer_id IS NOT NULL AND final_reviewer_id <> first_reviewer_id)),
	CONSTRAINT "drafts_first_hash" CHECK((first_reviewer_id IS NULL) = (first_hash IS NULL)),
	CONSTRAINT "drafts_final_hash" CHECK((final_reviewer_id IS NULL) = (final_hash IS NULL)),
	CONSTRAINT "drafts_approved" CHECK(state NOT IN ('scheduled', 'published', 'corrected', 'clarified', 'withdrawn', 'archived') OR (first_hash IS hash AND final_hash IS hash AND scheduled_at IS NOT NULL)),
	CONSTRAINT "drafts_released" CHECK((notice_id IS NULL) = (notice_version IS NULL) AND (article_id IS NULL) = (article_version IS NULL)),
	CONSTRAINT "drafts_subject" CHECK((article_kind IS NULL) = (stage IS NOT NULL) AND (article_kind IS NOT NULL OR category IS NOT NULL))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_drafts` (`id`, `county`, `state`, `revision`, `version`, `content`, `hash`, `title`, `category`, `stage`, `original_notice_id`, `author_id`, `first_reviewer_id`, `first_hash`, `final_reviewer_id`, `final_hash`, `scheduled_at`, `urgent`, `due_at`, `notice_id`, `notice_version`, `created_at`, `updated_at`) SELECT `id`, `county`, `state`, `revision`, `version`, `content`, `hash`, `title`, `category`, `stage`, `original_notice_id`, `author_id`, `first_reviewer_id`, `first_hash`, `final_reviewer_id`, `final_hash`, `scheduled_at`, `urgent`, `due_at`, `notice_id`, `notice_version`, `created_at`, `updated_at` FROM `drafts`;
--> statement-breakpoint
DROP TABLE `drafts`;
--> statement-breakpoint
ALTER TABLE `__new_drafts` RENAME TO `drafts`;
--> statement-breakpoint
ALTER TABLE `files` DROP CONSTRAINT files_type;
--> statement-breakpoint
ALTER TABLE `files` ADD CONSTRAINT files_type CHECK (type = 'pdf' OR type = 'docx' OR type = 'xlsx' OR type = 'pptx' OR type = 'ofd' OR type = 'doc' OR type = 'xls' OR type = 'ppt' OR type = 'jpg' OR type = 'png' OR type = 'txt' OR type = 'vtt' OR type = 'mp4' OR type = 'webm' OR type = 'mp3' OR type = 'wav' OR type = 'zip');
--> statement-breakpoint
CREATE INDEX drafts_queue ON drafts(state,county,due_at);
--> statement-breakpoint
CREATE INDEX drafts_county ON drafts(county,updated_at);
--> statement-breakpoint
CREATE INDEX drafts_author ON drafts(author_id,state);
--> statement-breakpoint
CREATE INDEX drafts_scheduled ON drafts(state,scheduled_at);
--> statement-breakpoint
CREATE INDEX drafts_notice ON drafts(notice_id);
--> statement-breakpoint
CREATE INDEX drafts_original ON drafts(original_notice_id);
--> statement-breakpoint
CREATE INDEX drafts_article ON drafts(article_id);
--> statement-breakpoint
CREATE INDEX drafts_original_article ON drafts(original_article_id);
--> statement-breakpoint
CREATE TRIGGER drafts_own_review BEFORE UPDATE ON drafts WHEN EXISTS (
  SELECT 1 FROM draft_versions WHERE draft_id = new.id
    AND author_id IN (new.first_reviewer_id, new.final_reviewer_id))
BEGIN
  SELECT RAISE(ABORT, 'nobody reviews what they wrote');
END;
--> statement-breakpoint
CREATE TRIGGER article_versions_no_update BEFORE UPDATE ON article_versions
BEGIN SELECT RAISE(ABORT, 'article_versions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER article_versions_no_delete BEFORE DELETE ON article_versions
BEGIN SELECT RAISE(ABORT, 'article_versions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER disclosure_ratings_no_update BEFORE UPDATE ON disclosure_ratings
BEGIN SELECT RAISE(ABORT, 'disclosure_ratings is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER disclosure_ratings_no_delete BEFORE DELETE ON disclosure_ratings
BEGIN SELECT RAISE(ABORT, 'disclosure_ratings is append-only'); END;
