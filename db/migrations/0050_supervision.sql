CREATE TABLE `disclosure_counts` (
	`month` text NOT NULL,
	`county` text NOT NULL,
	`category` text NOT NULL,
	`item` integer NOT NULL,
	`state` text NOT NULL,
	`total` integer NOT NULL,
	PRIMARY KEY(`month`, `county`, `category`, `item`, `state`),
	CONSTRAINT "disclosure_counts_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "disclosure_counts_category" CHECK(category = 'construction' OR category = 'procurement' OR category = 'land' OR category = 'mining' OR category = 'property' OR category = 'medical' OR category = 'general'),
	CONSTRAINT "disclosure_counts_item" CHECK(item BETWEEN 1 AND 40),
	CONSTRAINT "disclosure_counts_state" CHECK(state = 'onTime' OR state = 'late' OR state = 'missing' OR state = 'due' OR state = 'unchecked' OR state = 'notApplicable'),
	CONSTRAINT "disclosure_counts_total" CHECK(total BETWEEN 0 AND 9007199254740991)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `disclosure_duties` (
	`project` text NOT NULL,
	`round` integer NOT NULL,
	`part` integer NOT NULL,
	`item` integer NOT NULL,
	`lots` text NOT NULL,
	`county` text NOT NULL,
	`category` text NOT NULL,
	`buyer` text,
	`agency` text,
	`month` text NOT NULL,
	`state` text NOT NULL,
	`rule` text NOT NULL,
	`due_on` text,
	`done_on` text,
	`reason` text NOT NULL,
	PRIMARY KEY(`project`, `round`, `part`, `item`),
	CONSTRAINT "disclosure_duties_round" CHECK(round BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "disclosure_duties_part" CHECK(part BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "disclosure_duties_item" CHECK(item BETWEEN 1 AND 40),
	CONSTRAINT "disclosure_duties_lots" CHECK(json_valid(lots) AND json_type(lots) = 'array'),
	CONSTRAINT "disclosure_duties_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "disclosure_duties_category" CHECK(category = 'construction' OR category = 'procurement' OR category = 'land' OR category = 'mining' OR category = 'property' OR category = 'medical' OR category = 'general'),
	CONSTRAINT "disclosure_duties_state" CHECK(state = 'onTime' OR state = 'late' OR state = 'missing' OR state = 'due' OR state = 'unchecked' OR state = 'notApplicable'),
	CONSTRAINT "disclosure_duties_due_on" CHECK(strftime('%Y-%m-%d', due_on) IS due_on),
	CONSTRAINT "disclosure_duties_done_on" CHECK(strftime('%Y-%m-%d', done_on) IS done_on)
) STRICT;
--> statement-breakpoint
CREATE INDEX `disclosure_duties_state` ON `disclosure_duties` (`state`,`due_on`,`project`);
--> statement-breakpoint
CREATE INDEX `disclosure_duties_county` ON `disclosure_duties` (`county`,`state`,`due_on`);
--> statement-breakpoint
CREATE INDEX `disclosure_duties_buyer` ON `disclosure_duties` (`buyer`,`state`);
--> statement-breakpoint
CREATE INDEX `disclosure_duties_agency` ON `disclosure_duties` (`agency`,`state`);
--> statement-breakpoint
CREATE TABLE `flag_counts` (
	`month` text NOT NULL,
	`code` text NOT NULL,
	`county` text NOT NULL,
	`category` text NOT NULL,
	`flagged` integer NOT NULL,
	`clear` integer NOT NULL,
	`missing` text NOT NULL,
	PRIMARY KEY(`month`, `code`, `county`, `category`),
	CONSTRAINT "flag_counts_code" CHECK(code = 'F01' OR code = 'F02' OR code = 'F03' OR code = 'F04' OR code = 'F05' OR code = 'F06' OR code = 'F07' OR code = 'F08' OR code = 'F09' OR code = 'F10' OR code = 'F11' OR code = 'F12' OR code = 'F13' OR code = 'F14' OR code = 'F15' OR code = 'F16' OR code = 'F17' OR code = 'F18' OR code = 'F19' OR code = 'F20' OR code = 'F21' OR code = 'F22' OR code = 'F23' OR code = 'F24' OR code = 'F25' OR code = 'F26' OR code = 'F27' OR code = 'F28' OR code = 'F29' OR code = 'F30' OR code = 'F31' OR code = 'F32' OR code = 'F33' OR code = 'F34' OR code = 'F35'),
	CONSTRAINT "flag_counts_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "flag_counts_category" CHECK(category = 'construction' OR category = 'procurement' OR category = 'land' OR category = 'mining' OR category = 'property' OR category = 'medical' OR category = 'general'),
	CONSTRAINT "flag_counts_flagged" CHECK(flagged BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "flag_counts_clear" CHECK(clear BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "flag_counts_missing" CHECK(json_valid(missing) AND json_type(missing) = 'object')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `flag_decisions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`code` text NOT NULL,
	`subject` text NOT NULL,
	`county` text,
	`decision` text NOT NULL,
	`reason` text NOT NULL,
	`referred_to` text NOT NULL,
	`actor` text NOT NULL,
	`at` text NOT NULL,
	CONSTRAINT "flag_decisions_code" CHECK(code = 'F01' OR code = 'F02' OR code = 'F03' OR code = 'F04' OR code = 'F05' OR code = 'F06' OR code = 'F07' OR code = 'F08' OR code = 'F09' OR code = 'F10' OR code = 'F11' OR code = 'F12' OR code = 'F13' OR code = 'F14' OR code = 'F15' OR code = 'F16' OR code = 'F17' OR code = 'F18' OR code = 'F19' OR code = 'F20' OR code = 'F21' OR code = 'F22' OR code = 'F23' OR code = 'F24' OR code = 'F25' OR code = 'F26' OR code = 'F27' OR code = 'F28' OR code = 'F29' OR code = 'F30' OR code = 'F31' OR code = 'F32' OR code = 'F33' OR code = 'F34' OR code = 'F35'),
	CONSTRAINT "flag_decisions_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "flag_decisions_decision" CHECK(decision = 'unfounded' OR decision = 'referred'),
	CONSTRAINT "flag_decisions_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at)
) STRICT;
--> statement-breakpoint
CREATE INDEX `flag_decisions_subject` ON `flag_decisions` (`subject`,`code`,`id`);
--> statement-breakpoint
CREATE TABLE `flag_replies` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`code` text NOT NULL,
	`subject` text NOT NULL,
	`county` text,
	`party` text NOT NULL,
	`text` text NOT NULL,
	`source` text NOT NULL,
	`received_on` text NOT NULL,
	`actor` text NOT NULL,
	`at` text NOT NULL,
	CONSTRAINT "flag_replies_code" CHECK(code = 'F01' OR code = 'F02' OR code = 'F03' OR code = 'F04' OR code = 'F05' OR code = 'F06' OR code = 'F07' OR code = 'F08' OR code = 'F09' OR code = 'F10' OR code = 'F11' OR code = 'F12' OR code = 'F13' OR code = 'F14' OR code = 'F15' OR code = 'F16' OR code = 'F17' OR code = 'F18' OR code = 'F19' OR code = 'F20' OR code = 'F21' OR code = 'F22' OR code = 'F23' OR code = 'F24' OR code = 'F25' OR code = 'F26' OR code = 'F27' OR code = 'F28' OR code = 'F29' OR code = 'F30' OR code = 'F31' OR code = 'F32' OR code = 'F33' OR code = 'F34' OR code = 'F35'),
	CONSTRAINT "flag_replies_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "flag_replies_received_on" CHECK(strftime('%Y-%m-%d', received_on) IS received_on),
	CONSTRAINT "flag_replies_at" CHECK(strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at)
) STRICT;
--> statement-breakpoint
CREATE INDEX `flag_replies_subject` ON `flag_replies` (`subject`,`code`,`id`);
--> statement-breakpoint
CREATE TABLE `flags` (
	`code` text NOT NULL,
	`project` text NOT NULL,
	`lot` text NOT NULL,
	`lot_name` text,
	`county` text NOT NULL,
	`category` text NOT NULL,
	`month` text NOT NULL,
	`buyer` text,
	`agency` text,
	`supplier` text,
	`numbers` text NOT NULL,
	PRIMARY KEY(`code`, `project`, `lot`),
	CONSTRAINT "flags_code" CHECK(code = 'F01' OR code = 'F02' OR code = 'F03' OR code = 'F04' OR code = 'F05' OR code = 'F06' OR code = 'F07' OR code = 'F08' OR code = 'F09' OR code = 'F10' OR code = 'F11' OR code = 'F12' OR code = 'F13' OR code = 'F14' OR code = 'F15' OR code = 'F16' OR code = 'F17' OR code = 'F18' OR code = 'F19' OR code = 'F20' OR code = 'F21' OR code = 'F22' OR code = 'F23' OR code = 'F24' OR code = 'F25' OR code = 'F26' OR code = 'F27' OR code = 'F28' OR code = 'F29' OR code = 'F30' OR code = 'F31' OR code = 'F32' OR code = 'F33' OR code = 'F34' OR code = 'F35'),
	CONSTRAINT "flags_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "flags_category" CHECK(category = 'construction' OR category = 'procurement' OR category = 'land' OR category = 'mining' OR category = 'property' OR category = 'medical' OR category = 'general'),
	CONSTRAINT "flags_numbers" CHECK(json_valid(numbers) AND json_type(numbers) = 'object')
) STRICT;
--> statement-breakpoint
CREATE INDEX `flags_order` ON `flags` (`code`,`month`,`project`,`lot`);
--> statement-breakpoint
CREATE INDEX `flags_project` ON `flags` (`project`);
--> statement-breakpoint
CREATE INDEX `flags_county` ON `flags` (`county`,`code`,`month`);
--> statement-breakpoint
CREATE INDEX `flags_buyer` ON `flags` (`buyer`,`code`);
--> statement-breakpoint
CREATE INDEX `flags_agency` ON `flags` (`agency`,`code`);
--> statement-breakpoint
CREATE INDEX `flags_supplier` ON `flags` (`supplier`,`code`);
--> statement-breakpoint
CREATE TABLE `organization_flags` (
	`code` text NOT NULL,
	`role` text NOT NULL,
	`organization` text NOT NULL,
	`organizations` text NOT NULL,
	`state` text NOT NULL,
	`cases` integer NOT NULL,
	`numbers` text NOT NULL,
	PRIMARY KEY(`code`, `role`, `organizations`),
	CONSTRAINT "organization_flags_code" CHECK(code = 'F01' OR code = 'F02' OR code = 'F03' OR code = 'F04' OR code = 'F05' OR code = 'F06' OR code = 'F07' OR code = 'F08' OR code = 'F09' OR code = 'F10' OR code = 'F11' OR code = 'F12' OR code = 'F13' OR code = 'F14' OR code = 'F15' OR code = 'F16' OR code = 'F17' OR code = 'F18' OR code = 'F19' OR code = 'F20' OR code = 'F21' OR code = 'F22' OR code = 'F23' OR code = 'F24' OR code = 'F25' OR code = 'F26' OR code = 'F27' OR code = 'F28' OR code = 'F29' OR code = 'F30' OR code = 'F31' OR code = 'F32' OR code = 'F33' OR code = 'F34' OR code = 'F35'),
	CONSTRAINT "organization_flags_role" CHECK(role = 'buyer' OR role = 'agency' OR role = 'supplier' OR role = 'pair' OR role = 'group'),
	CONSTRAINT "organization_flags_state" CHECK(state = 'flagged' OR state = 'clear'),
	CONSTRAINT "organization_flags_cases" CHECK(cases BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "organization_flags_numbers" CHECK(json_valid(numbers) AND json_type(numbers) = 'object')
) STRICT;
--> statement-breakpoint
CREATE INDEX `organization_flags_organization` ON `organization_flags` (`organization`,`code`);
--> statement-breakpoint
CREATE TABLE `stale_projects` (
	`project` text PRIMARY KEY NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `supervised_projects` (
	`project` text PRIMARY KEY NOT NULL,
	`category` text NOT NULL,
	`county` text NOT NULL,
	`processes` text NOT NULL,
	`outcomes` text DEFAULT '[]' NOT NULL,
	CONSTRAINT "supervised_projects_category" CHECK(category = 'construction' OR category = 'procurement' OR category = 'land' OR category = 'mining' OR category = 'property' OR category = 'medical' OR category = 'general'),
	CONSTRAINT "supervised_projects_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "supervised_projects_processes" CHECK(json_valid(processes) AND json_type(processes) = 'array'),
	CONSTRAINT "supervised_projects_outcomes" CHECK(json_valid(outcomes) AND json_type(outcomes) = 'array')
) STRICT;
--> statement-breakpoint
CREATE INDEX `supervised_projects_county` ON `supervised_projects` (`county`,`category`);
--> statement-breakpoint
CREATE TRIGGER flag_decisions_no_update BEFORE UPDATE ON flag_decisions
BEGIN SELECT RAISE(ABORT, 'flag_decisions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER flag_decisions_no_delete BEFORE DELETE ON flag_decisions
BEGIN SELECT RAISE(ABORT, 'flag_decisions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER flag_replies_no_update BEFORE UPDATE ON flag_replies
BEGIN SELECT RAISE(ABORT, 'flag_replies is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER flag_replies_no_delete BEFORE DELETE ON flag_replies
BEGIN SELECT RAISE(ABORT, 'flag_replies is append-only'); END;
