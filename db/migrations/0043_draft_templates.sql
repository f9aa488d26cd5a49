CREATE TABLE `draft_templates` (
	`id` text PRIMARY KEY NOT NULL,
	`county` text NOT NULL,
	`category` text NOT NULL,
	`stage` text NOT NULL,
	`name` text NOT NULL,
	`content` text NOT NULL,
	`author_id` text NOT NULL,
	`at` text NOT NULL,
	FOREIGN KEY (`author_id`) REFERENCES `staff_accounts`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "draft_templates_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "draft_templates_category" CHECK(category = 'construction' OR category = 'procurement' OR category = 'land' OR category = 'mining' OR category = 'property' OR category = 'medical' OR category = 'general'),
	CONSTRAINT "draft_templates_stage" CHECK(stage = 'tenderPlan' OR stage = 'procurementIntention' OR stage = 'prequalificationNotice' OR stage = 'prequalificationResult' OR stage = 'tenderNotice' OR stage = 'singleSourceNotice' OR stage = 'clarification' OR stage = 'correctionNotice' OR stage = 'openingRecord' OR stage = 'candidateNotice' OR stage = 'awardNotice' OR stage = 'failureNotice' OR stage = 'terminationNotice' OR stage = 'suspensionNotice' OR stage = 'resumptionNotice' OR stage = 'contractNotice' OR stage = 'performanceNotice' OR stage = 'acceptanceNotice' OR stage = 'complaintDecision' OR stage = 'supervisionDecision' OR stage = 'landSupplyPlan' OR stage = 'landOffering' OR stage = 'landOfferingSupplement' OR stage = 'landDealNotice' OR stage = 'landResult' OR stage = 'miningOffering' OR stage = 'miningDealNotice' OR stage = 'miningRegistration' OR stage = 'propertyPreDisclosure' OR stage = 'propertyListing' OR stage = 'propertyListingChange' OR stage = 'propertyDeal'),
	CONSTRAINT "draft_templates_content" CHECK(json_valid(content)),
	CONSTRAINT "draft_templates_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `draft_templates_name` ON `draft_templates` (`county`,`category`,`stage`,`name`);
