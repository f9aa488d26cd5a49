CREATE TABLE `statistic_cells` (
	`measure` text NOT NULL,
	`period` text NOT NULL,
	`category` text NOT NULL,
	`county` text NOT NULL,
	`part` text NOT NULL,
	`status` text NOT NULL,
	`n` integer NOT NULL,
	`numerator` integer NOT NULL,
	`denominator` integer NOT NULL,
	`lower` integer,
	`median` integer,
	`upper` integer,
	PRIMARY KEY(`measure`, `period`, `category`, `county`, `part`, `status`),
	CONSTRAINT "statistic_cells_category" CHECK(category = '' OR category = 'construction' OR category = 'procurement' OR category = 'land' OR category = 'mining' OR category = 'property' OR category = 'medical' OR category = 'general'),
	CONSTRAINT "statistic_cells_county" CHECK(county = '' OR county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "statistic_cells_n" CHECK(n BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "statistic_cells_numerator" CHECK(numerator BETWEEN -9007199254740991 AND 9007199254740991),
	CONSTRAINT "statistic_cells_denominator" CHECK(denominator BETWEEN 0 AND 9007199254740991),
	CONSTRAINT "statistic_cells_lower" CHECK(lower BETWEEN -9007199254740991 AND 9007199254740991),
	CONSTRAINT "statistic_cells_median" CHECK(median BETWEEN -9007199254740991 AND 9007199254740991),
	CONSTRAINT "statistic_cells_upper" CHECK(upper BETWEEN -9007199254740991 AND 9007199254740991)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `statistic_cells_order` ON `statistic_cells` (`measure`,`period`,`category`,`county`,`numerator`);
--> statement-breakpoint
CREATE TABLE `statistic_dirty` (
	`measure` text NOT NULL,
	`month` text NOT NULL,
	`category` text NOT NULL,
	`county` text NOT NULL,
	`part` text NOT NULL,
	PRIMARY KEY(`measure`, `month`, `category`, `county`, `part`),
	CONSTRAINT "statistic_dirty_category" CHECK(category = 'construction' OR category = 'procurement' OR category = 'land' OR category = 'mining' OR category = 'property' OR category = 'medical' OR category = 'general'),
	CONSTRAINT "statistic_dirty_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `statistic_observations` (
	`measure` text NOT NULL,
	`month` text NOT NULL,
	`category` text NOT NULL,
	`county` text NOT NULL,
	`part` text NOT NULL,
	`project_id` text NOT NULL,
	`lot` text NOT NULL,
	`status` text NOT NULL,
	`numerator` integer NOT NULL,
	`denominator` integer NOT NULL,
	PRIMARY KEY(`measure`, `month`, `category`, `county`, `part`, `project_id`, `lot`),
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "statistic_observations_category" CHECK(category = 'construction' OR category = 'procurement' OR category = 'land' OR category = 'mining' OR category = 'property' OR category = 'medical' OR category = 'general'),
	CONSTRAINT "statistic_observations_county" CHECK(county = 'jining' OR county = 'rencheng' OR county = 'yanzhou' OR county = 'qufu' OR county = 'zoucheng' OR county = 'weishan' OR county = 'yutai' OR county = 'jinxiang' OR county = 'jiaxiang' OR county = 'wenshang' OR county = 'sishui' OR county = 'liangshan' OR county = 'gaoxin' OR county = 'taibaihu' OR county = 'jingkai'),
	CONSTRAINT "statistic_observations_numerator" CHECK(numerator BETWEEN -9007199254740991 AND 9007199254740991),
	CONSTRAINT "statistic_observations_denominator" CHECK(denominator BETWEEN 0 AND 9007199254740991)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `statistic_observations_project` ON `statistic_observations` (`project_id`);
--> statement-breakpoint
CREATE TRIGGER statistic_notices_insert AFTER INSERT ON notices WHEN new.is_public = 1
BEGIN
  INSERT INTO statistic_dirty (measure, month, category, county, part)
  SELECT 'noticeCount', strftime('%Y-%m', new.published_at, '+8 hours'), new.category, new.county, new.stage
  WHERE new.is_public = 1
  ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER statistic_notices_delete AFTER DELETE ON notices WHEN old.is_public = 1
BEGIN
  INSERT INTO statistic_dirty (measure, month, category, county, part)
  SELECT 'noticeCount', strftime('%Y-%m', old.published_at, '+8 hours'), old.category, old.county, old.stage
  WHERE old.is_public = 1
  ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER statistic_notices_update AFTER UPDATE OF category, stage, county, published_at, withdrawn_at, canonical_id ON notices
WHEN old.is_public <> new.is_public OR old.category <> new.category OR old.stage <> new.stage
  OR old.county <> new.county OR old.published_at <> new.published_at
BEGIN
  INSERT INTO statistic_dirty (measure, month, category, county, part)
  SELECT 'noticeCount', strftime('%Y-%m', old.published_at, '+8 hours'), old.category, old.county, old.stage
  WHERE old.is_public = 1
  ON CONFLICT DO NOTHING;
  INSERT INTO statistic_dirty (measure, month, category, county, part)
  SELECT 'noticeCount', strftime('%Y-%m', new.published_at, '+8 hours'), new.category, new.county, new.stage
  WHERE new.is_public = 1
  ON CONFLICT DO NOTHING;
END;
