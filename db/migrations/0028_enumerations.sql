ALTER TABLE `changes` DROP CONSTRAINT changes_subject;
--> statement-breakpoint
ALTER TABLE `changes` DROP CONSTRAINT changes_kind;
--> statement-breakpoint
ALTER TABLE `changes` ADD CONSTRAINT changes_subject CHECK (subject = 'notice' OR subject = 'exposure' OR subject = 'library' OR subject = 'organization');
--> statement-breakpoint
ALTER TABLE `changes` ADD CONSTRAINT changes_kind CHECK (kind = 'upsert' OR kind = 'remove' OR kind = 'date' OR kind = 'merge' OR kind = 'split' OR kind = 'rename' OR kind = 'undo');
--> statement-breakpoint
ALTER TABLE `deals` DROP CONSTRAINT deals_state;
--> statement-breakpoint
ALTER TABLE `deals` ADD CONSTRAINT deals_state CHECK (state = 'planned' OR state = 'open' OR state = 'closed' OR state = 'suspended' OR state = 'publicity' OR state = 'awarded' OR state = 'contracted' OR state = 'performed' OR state = 'failed' OR state = 'terminated');
--> statement-breakpoint
ALTER TABLE `exposure_events` DROP CONSTRAINT exposure_events_kind;
--> statement-breakpoint
ALTER TABLE `exposure_events` ADD CONSTRAINT exposure_events_kind CHECK (kind = 'objectionFiled' OR kind = 'objectionResolved' OR kind = 'corrected' OR kind = 'repaired' OR kind = 'revoked');
--> statement-breakpoint
ALTER TABLE `exposure_versions` DROP CONSTRAINT exposure_versions_reason;
--> statement-breakpoint
ALTER TABLE `exposure_versions` ADD CONSTRAINT exposure_versions_reason CHECK (reason = 'created' OR reason = 'changed');
--> statement-breakpoint
ALTER TABLE `exposures` DROP CONSTRAINT exposures_board;
--> statement-breakpoint
ALTER TABLE `exposures` DROP CONSTRAINT exposures_county;
--> statement-breakpoint
ALTER TABLE `exposures` DROP CONSTRAINT exposures_subject_type;
--> statement-breakpoint
ALTER TABLE `exposures` DROP CONSTRAINT exposures_misconduct;
--> statement-breakpoint
ALTER TABLE `exposures` ADD CONSTRAINT exposures_board CHECK (board = 'exposure' OR board = 'blacklist');
--> statement-breakpoint
ALTER TABLE `exposures` ADD CONSTRAINT exposures_county CHECK (county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai');
--> statement-breakpoint
ALTER TABLE `exposures` ADD CONSTRAINT exposures_subject_type CHECK (subject_type = 'procuringEntity' OR subject_type = 'agency' OR subject_type = 'supplier' OR subject_type = 'organization' OR subject_type = 'expert' OR subject_type = 'individual');
--> statement-breakpoint
ALTER TABLE `exposures` ADD CONSTRAINT exposures_misconduct CHECK (misconduct = 'expertNotRecused' OR misconduct = 'expertAbsent' OR misconduct = 'expertBiasedScoring' OR misconduct = 'expertPrivateContact' OR misconduct = 'expertBribe' OR misconduct = 'expertLeak' OR misconduct = 'collusionWithBuyer' OR misconduct = 'agencyMisconduct' OR misconduct = 'bribery' OR misconduct = 'borrowedQualification' OR misconduct = 'lendingQualification' OR misconduct = 'bidRiggingAmongBidders' OR misconduct = 'maliciousComplaint' OR misconduct = 'fraud' OR misconduct = 'illegalSubcontract' OR misconduct = 'refuseContract' OR misconduct = 'breachOfContract' OR misconduct = 'deviatingAgreement' OR misconduct = 'avoidTendering' OR misconduct = 'restrictCompetition' OR misconduct = 'illegalTimeLimit' OR misconduct = 'bondViolation' OR misconduct = 'illegalAward' OR misconduct = 'other');
--> statement-breakpoint
ALTER TABLE `ingest_runs` DROP CONSTRAINT ingest_runs_state;
--> statement-breakpoint
ALTER TABLE `ingest_runs` ADD CONSTRAINT ingest_runs_state CHECK (state = 'running' OR state = 'succeeded' OR state = 'failed' OR state = 'held' OR state = 'interrupted');
--> statement-breakpoint
ALTER TABLE `library_rejections` DROP CONSTRAINT library_rejections_block;
--> statement-breakpoint
ALTER TABLE `library_rejections` ADD CONSTRAINT library_rejections_block CHECK (block = 'qualifications' OR block = 'achievements' OR block = 'honours' OR block = 'staff_certificates');
--> statement-breakpoint
ALTER TABLE `mirror_told` DROP CONSTRAINT mirror_told_subject;
--> statement-breakpoint
ALTER TABLE `mirror_told` ADD CONSTRAINT mirror_told_subject CHECK (subject = 'notices' OR subject = 'exposures' OR subject = 'library');
--> statement-breakpoint
ALTER TABLE `notice_counts` DROP CONSTRAINT notice_counts_category;
--> statement-breakpoint
ALTER TABLE `notice_counts` DROP CONSTRAINT notice_counts_stage;
--> statement-breakpoint
ALTER TABLE `notice_counts` DROP CONSTRAINT notice_counts_county;
--> statement-breakpoint
ALTER TABLE `notice_counts` ADD CONSTRAINT notice_counts_category CHECK (category = 'construction' OR category = 'procurement' OR category = 'land' OR category = 'mining' OR category = 'property' OR category = 'medical' OR category = 'general');
--> statement-breakpoint
ALTER TABLE `notice_counts` ADD CONSTRAINT notice_counts_stage CHECK (stage = 'tenderPlan' OR stage = 'procurementIntention' OR stage = 'prequalificationNotice' OR stage = 'prequalificationResult' OR stage = 'tenderNotice' OR stage = 'singleSourceNotice' OR stage = 'clarification' OR stage = 'correctionNotice' OR stage = 'openingRecord' OR stage = 'candidateNotice' OR stage = 'awardNotice' OR stage = 'failureNotice' OR stage = 'terminationNotice' OR stage = 'suspensionNotice' OR stage = 'resumptionNotice' OR stage = 'contractNotice' OR stage = 'performanceNotice' OR stage = 'acceptanceNotice' OR stage = 'complaintDecision' OR stage = 'supervisionDecision' OR stage = 'landSupplyPlan' OR stage = 'landOffering' OR stage = 'landOfferingSupplement' OR stage = 'landDealNotice' OR stage = 'landResult' OR stage = 'miningOffering' OR stage = 'miningDealNotice' OR stage = 'miningRegistration' OR stage = 'propertyPreDisclosure' OR stage = 'propertyListing' OR stage = 'propertyListingChange' OR stage = 'propertyDeal');
--> statement-breakpoint
ALTER TABLE `notice_counts` ADD CONSTRAINT notice_counts_county CHECK (county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai');
--> statement-breakpoint
ALTER TABLE `notice_parties` DROP CONSTRAINT notice_parties_role;
--> statement-breakpoint
ALTER TABLE `notice_parties` DROP CONSTRAINT notice_parties_county;
--> statement-breakpoint
ALTER TABLE `notice_parties` DROP CONSTRAINT notice_parties_matched_by;
--> statement-breakpoint
ALTER TABLE `notice_parties` ADD CONSTRAINT notice_parties_role CHECK (role = 'buyer' OR role = 'agency' OR role = 'supplier');
--> statement-breakpoint
ALTER TABLE `notice_parties` ADD CONSTRAINT notice_parties_county CHECK (county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai');
--> statement-breakpoint
ALTER TABLE `notice_parties` ADD CONSTRAINT notice_parties_matched_by CHECK (matched_by = 'code' OR matched_by = 'name' OR matched_by = 'reviewed' OR matched_by = 'person');
--> statement-breakpoint
ALTER TABLE `notice_versions` DROP CONSTRAINT notice_versions_reason;
--> statement-breakpoint
ALTER TABLE `notice_versions` ADD CONSTRAINT notice_versions_reason CHECK (reason = 'created' OR reason = 'changed' OR reason = 'withdrawn' OR reason = 'restored');
--> statement-breakpoint
ALTER TABLE `notices` DROP CONSTRAINT notices_category;
--> statement-breakpoint
ALTER TABLE `notices` DROP CONSTRAINT notices_stage;
--> statement-breakpoint
ALTER TABLE `notices` DROP CONSTRAINT notices_county;
--> statement-breakpoint
ALTER TABLE `notices` DROP CONSTRAINT notices_published_by;
--> statement-breakpoint
ALTER TABLE `notices` DROP CONSTRAINT notices_amount_kind;
--> statement-breakpoint
ALTER TABLE `notices` DROP CONSTRAINT notices_deadline_precision;
--> statement-breakpoint
ALTER TABLE `notices` DROP CONSTRAINT notices_opening_precision;
--> statement-breakpoint
ALTER TABLE `notices` DROP CONSTRAINT notices_published_precision;
--> statement-breakpoint
ALTER TABLE `notices` DROP CONSTRAINT notices_superseded_how;
--> statement-breakpoint
ALTER TABLE `notices` ADD CONSTRAINT notices_category CHECK (category = 'construction' OR category = 'procurement' OR category = 'land' OR category = 'mining' OR category = 'property' OR category = 'medical' OR category = 'general');
--> statement-breakpoint
ALTER TABLE `notices` ADD CONSTRAINT notices_stage CHECK (stage = 'tenderPlan' OR stage = 'procurementIntention' OR stage = 'prequalificationNotice' OR stage = 'prequalificationResult' OR stage = 'tenderNotice' OR stage = 'singleSourceNotice' OR stage = 'clarification' OR stage = 'correctionNotice' OR stage = 'openingRecord' OR stage = 'candidateNotice' OR stage = 'awardNotice' OR stage = 'failureNotice' OR stage = 'terminationNotice' OR stage = 'suspensionNotice' OR stage = 'resumptionNotice' OR stage = 'contractNotice' OR stage = 'performanceNotice' OR stage = 'acceptanceNotice' OR stage = 'complaintDecision' OR stage = 'supervisionDecision' OR stage = 'landSupplyPlan' OR stage = 'landOffering' OR stage = 'landOfferingSupplement' OR stage = 'landDealNotice' OR stage = 'landResult' OR stage = 'miningOffering' OR stage = 'miningDealNotice' OR stage = 'miningRegistration' OR stage = 'propertyPreDisclosure' OR stage = 'propertyListing' OR stage = 'propertyListingChange' OR stage = 'propertyDeal');
--> statement-breakpoint
ALTER TABLE `notices` ADD CONSTRAINT notices_county CHECK (county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai');
--> statement-breakpoint
ALTER TABLE `notices` ADD CONSTRAINT notices_published_by CHECK (published_by = 'jining' OR published_by = 'rencheng' OR published_by = 'yanzhou' OR published_by = 'qufu' OR published_by = 'zoucheng' OR published_by = 'weishan' OR published_by = 'yutai' OR published_by = 'jinxiang' OR published_by = 'jiaxiang' OR published_by = 'wenshang' OR published_by = 'sishui' OR published_by = 'liangshan' OR published_by = 'gaoxin' OR published_by = 'taibaihu' OR published_by = 'jingkai');
--> statement-breakpoint
ALTER TABLE `notices` ADD CONSTRAINT notices_amount_kind CHECK (amount_kind = 'budget' OR amount_kind = 'ceiling' OR amount_kind = 'bid' OR amount_kind = 'award' OR amount_kind = 'contract' OR amount_kind = 'start' OR amount_kind = 'deal');
--> statement-breakpoint
ALTER TABLE `notices` ADD CONSTRAINT notices_deadline_precision CHECK (deadline_precision = 'day' OR deadline_precision = 'minute' OR deadline_precision = 'second' OR deadline_precision = 'endOfDay');
--> statement-breakpoint
ALTER TABLE `notices` ADD CONSTRAINT notices_opening_precision CHECK (opening_precision = 'day' OR opening_precision = 'minute' OR opening_precision = 'second' OR opening_precision = 'endOfDay');
--> statement-breakpoint
ALTER TABLE `notices` ADD CONSTRAINT notices_superseded_how CHECK (superseded_how = 'deadline' OR superseded_how = 'round');
--> statement-breakpoint
ALTER TABLE `notices` ADD CONSTRAINT notices_published_precision CHECK (published_precision = 'day' OR published_precision = 'minute' OR published_precision = 'second');
--> statement-breakpoint
ALTER TABLE `organization_activity` DROP CONSTRAINT organization_activity_role;
--> statement-breakpoint
ALTER TABLE `organization_activity` DROP CONSTRAINT organization_activity_county;
--> statement-breakpoint
ALTER TABLE `organization_activity` ADD CONSTRAINT organization_activity_role CHECK (role = '' OR role = 'buyer' OR role = 'agency' OR role = 'supplier');
--> statement-breakpoint
ALTER TABLE `organization_activity` ADD CONSTRAINT organization_activity_county CHECK (county = '' OR county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai');
--> statement-breakpoint
ALTER TABLE `organization_changes` DROP CONSTRAINT organization_changes_kind;
--> statement-breakpoint
ALTER TABLE `organization_changes` ADD CONSTRAINT organization_changes_kind CHECK (kind = 'merge' OR kind = 'split' OR kind = 'rename');
--> statement-breakpoint
ALTER TABLE `organization_names` DROP CONSTRAINT organization_names_kind;
--> statement-breakpoint
ALTER TABLE `organization_names` DROP CONSTRAINT organization_names_known;
--> statement-breakpoint
ALTER TABLE `organization_names` ADD CONSTRAINT organization_names_kind CHECK (kind = 'current' OR kind = 'former' OR kind = 'branch');
--> statement-breakpoint
ALTER TABLE `organization_names` ADD CONSTRAINT organization_names_known CHECK (known = 'notice' OR known = 'library' OR known = 'reviewed');
--> statement-breakpoint
ALTER TABLE `organizations` DROP CONSTRAINT organizations_merged_how;
--> statement-breakpoint
ALTER TABLE `organizations` ADD CONSTRAINT organizations_merged_how CHECK (merged_how = 'code' OR merged_how = 'reviewed');
--> statement-breakpoint
ALTER TABLE `projects` DROP CONSTRAINT projects_category;
--> statement-breakpoint
ALTER TABLE `projects` DROP CONSTRAINT projects_county;
--> statement-breakpoint
ALTER TABLE `projects` ADD CONSTRAINT projects_category CHECK (category = 'construction' OR category = 'procurement' OR category = 'land' OR category = 'mining' OR category = 'property' OR category = 'medical' OR category = 'general');
--> statement-breakpoint
ALTER TABLE `projects` ADD CONSTRAINT projects_county CHECK (county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai');
--> statement-breakpoint
ALTER TABLE `push_keys` DROP CONSTRAINT push_keys_county;
--> statement-breakpoint
ALTER TABLE `push_keys` ADD CONSTRAINT push_keys_county CHECK (county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai');
--> statement-breakpoint
ALTER TABLE `push_requests` DROP CONSTRAINT push_requests_kind;
--> statement-breakpoint
ALTER TABLE `push_requests` ADD CONSTRAINT push_requests_kind CHECK (kind = 'notices' OR kind = 'exposures' OR kind = 'organizations');
--> statement-breakpoint
ALTER TABLE `raw_items` DROP CONSTRAINT raw_items_state;
--> statement-breakpoint
ALTER TABLE `raw_items` ADD CONSTRAINT raw_items_state CHECK (state = 'accepted' OR state = 'rejected');
--> statement-breakpoint
ALTER TABLE `redactions` DROP CONSTRAINT redactions_subject;
--> statement-breakpoint
ALTER TABLE `redactions` ADD CONSTRAINT redactions_subject CHECK (subject = 'notice' OR subject = 'exposure');
--> statement-breakpoint
ALTER TABLE `search_documents` DROP CONSTRAINT search_documents_category;
--> statement-breakpoint
ALTER TABLE `search_documents` DROP CONSTRAINT search_documents_stage;
--> statement-breakpoint
ALTER TABLE `search_documents` DROP CONSTRAINT search_documents_county;
--> statement-breakpoint
ALTER TABLE `search_documents` ADD CONSTRAINT search_documents_category CHECK (category = 'construction' OR category = 'procurement' OR category = 'land' OR category = 'mining' OR category = 'property' OR category = 'medical' OR category = 'general');
--> statement-breakpoint
ALTER TABLE `search_documents` ADD CONSTRAINT search_documents_stage CHECK (stage = 'tenderPlan' OR stage = 'procurementIntention' OR stage = 'prequalificationNotice' OR stage = 'prequalificationResult' OR stage = 'tenderNotice' OR stage = 'singleSourceNotice' OR stage = 'clarification' OR stage = 'correctionNotice' OR stage = 'openingRecord' OR stage = 'candidateNotice' OR stage = 'awardNotice' OR stage = 'failureNotice' OR stage = 'terminationNotice' OR stage = 'suspensionNotice' OR stage = 'resumptionNotice' OR stage = 'contractNotice' OR stage = 'performanceNotice' OR stage = 'acceptanceNotice' OR stage = 'complaintDecision' OR stage = 'supervisionDecision' OR stage = 'landSupplyPlan' OR stage = 'landOffering' OR stage = 'landOfferingSupplement' OR stage = 'landDealNotice' OR stage = 'landResult' OR stage = 'miningOffering' OR stage = 'miningDealNotice' OR stage = 'miningRegistration' OR stage = 'propertyPreDisclosure' OR stage = 'propertyListing' OR stage = 'propertyListingChange' OR stage = 'propertyDeal');
--> statement-breakpoint
ALTER TABLE `search_documents` ADD CONSTRAINT search_documents_county CHECK (county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai');
--> statement-breakpoint
ALTER TABLE `search_terms` DROP CONSTRAINT search_terms_kind;
--> statement-breakpoint
ALTER TABLE `search_terms` ADD CONSTRAINT search_terms_kind CHECK (kind = 'word' OR kind = 'party');
--> statement-breakpoint
ALTER TABLE `sources` DROP CONSTRAINT sources_county;
--> statement-breakpoint
ALTER TABLE `sources` ADD CONSTRAINT sources_county CHECK (county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai');
--> statement-breakpoint
ALTER TABLE `submission_batches` DROP CONSTRAINT submission_batches_state;
--> statement-breakpoint
ALTER TABLE `submission_batches` ADD CONSTRAINT submission_batches_state CHECK (state = 'pending' OR state = 'written' OR state = 'failed');
--> statement-breakpoint
ALTER TABLE `subscription_deliveries` DROP CONSTRAINT subscription_deliveries_kind;
--> statement-breakpoint
ALTER TABLE `subscription_deliveries` ADD CONSTRAINT subscription_deliveries_kind CHECK (kind = 'created' OR kind = 'changed' OR kind = 'withdrawn' OR kind = 'restored');
--> statement-breakpoint
ALTER TABLE `subscription_messages` DROP CONSTRAINT subscription_messages_kind;
--> statement-breakpoint
ALTER TABLE `subscription_messages` DROP CONSTRAINT subscription_messages_state;
--> statement-breakpoint
ALTER TABLE `subscription_messages` ADD CONSTRAINT subscription_messages_kind CHECK (kind = 'confirm' OR kind = 'notices');
--> statement-breakpoint
ALTER TABLE `subscription_messages` ADD CONSTRAINT subscription_messages_state CHECK (state = 'pending' OR state = 'sent' OR state = 'dead');
--> statement-breakpoint
ALTER TABLE `subscriptions` DROP CONSTRAINT subscriptions_channel;
--> statement-breakpoint
ALTER TABLE `subscriptions` DROP CONSTRAINT subscriptions_frequency;
--> statement-breakpoint
ALTER TABLE `subscriptions` ADD CONSTRAINT subscriptions_channel CHECK (channel = 'email' OR channel = 'wecom' OR channel = 'dingtalk' OR channel = 'feishu' OR channel = 'webhook');
--> statement-breakpoint
ALTER TABLE `subscriptions` ADD CONSTRAINT subscriptions_frequency CHECK (frequency = 'instant' OR frequency = 'daily');
--> statement-breakpoint
ALTER TABLE `unknown_codes` DROP CONSTRAINT unknown_codes_kind;
--> statement-breakpoint
ALTER TABLE `unknown_codes` ADD CONSTRAINT unknown_codes_kind CHECK (kind = 'column' OR kind = 'category' OR kind = 'stage' OR kind = 'county' OR kind = 'unit');
