import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Db, openDatabase } from '#db/client.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { noticeId, projectId } from '#src/domain/identifiers/ids.ts';
import { stagesOf } from '#src/domain/stages.ts';
import type { MomentPrecision } from '#src/domain/time/moment.ts';
import { addDays, type Instant } from '#src/domain/time/time.ts';
import { removeFolder } from './remove-folder.ts';
import { copyMigrated } from './templates.ts';

/** The day around which seeded notices lie. */
export const SEED_NOW: Instant = '2026-06-15T04:00:00.000Z';

/** A migrated database in a folder of its own; `close` removes both. */
export function openTestDatabase(): { db: Db; path: string; close: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'tongming-test-'));
  const path = join(folder, 'tongming.db');
  copyMigrated(path);
  const db = openDatabase(path);
  const close = () => {
    db.$client.close();
    removeFolder(folder);
  };
  return { db, path, close };
}

/** Inserts one source a county. */
export function seedSources(db: Db): void {
  const insert = db.$client.prepare(
    `INSERT INTO sources (key, name, county, adapter, settings, schedule, last_attempt_at, last_success_at)
     VALUES (?, ?, ?, 'csv', '{}', '*/10 * * * *', ?, ?)`,
  );
  for (const county of COUNTY_SLUGS) insert.run(`site-${county}`, `${county} 交易网`, county, SEED_NOW, SEED_NOW);
}

/** The run `seed`, in which what tests put into `raw_items` was received. */
export function seedRun(db: Db, sourceKey: string, at: Instant = SEED_NOW): void {
  db.$client
    .prepare(
      `INSERT INTO ingest_runs (id, source_key, started_at, finished_at, state) VALUES ('seed', ?, ?, ?, 'succeeded')
       ON CONFLICT DO NOTHING`,
    )
    .run(sourceKey, at, at);
}

export interface SeedNotice {
  id: string;
  sourceKey: string;
  sourceItemId: string;
  title: string;
  category: string;
  stage: string;
  county: string;
  project: string;
  buyer: string | null;
  suppliers: string[];
  amountFen: number | null;
  deadlineAt: Instant | null;
  deadlinePrecision: MomentPrecision | null;
  openingAt: Instant | null;
  publishedAt: Instant;
  facts: Record<string, { text: string; fen?: number }>;
}

/** A deterministic notice: the number decides everything. Some lack amount, deadline or buyer; times repeat. */
export function toSeedNotice(number: number): SeedNotice {
  const pick = <Value>(values: readonly Value[], step: number) =>
    values[Math.floor(number / step) % values.length] as Value;
  const category = pick(CATEGORY_SLUGS, 1);
  const county = pick(COUNTY_SLUGS, 7);
  const publishedAt = addDays(SEED_NOW, -Math.floor((number * 7919) % 1460) - (number % 5) / 5);
  const sourceKey = `site-${county}`;
  return {
    id: noticeId(sourceKey, String(number)),
    sourceKey,
    sourceItemId: String(number),
    title: `测试项目 ${number} 公告`,
    category,
    stage: pick(stagesOf(category), 105),
    county,
    project: projectId(`P${Math.floor(number / 4)}`),
    buyer: number % 3 === 0 ? null : `采购单位 ${number % 97}`,
    suppliers: number % 4 === 0 ? [`供应商 ${number % 53}`] : [],
    amountFen: number % 6 === 0 ? null : ((number * 104729) % 900_000) * 100_000,
    deadlineAt: number % 5 === 0 ? null : addDays(publishedAt, 21),
    deadlinePrecision: number % 5 === 0 ? null : 'second',
    openingAt: null,
    publishedAt,
    facts: { budget: { text: '100 万元', fen: 100_000_000 }, projectName: { text: `测试项目 ${number}` } },
  };
}

/** Inserts notices with project, parties and first version, in one transaction. */
export function insertNotices(db: Db, notices: Iterable<SeedNotice>): void {
  const { $client: client } = db;
  const project = client.prepare(
    `INSERT INTO projects (id, code, title, category, county, buyer, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const notice = client.prepare(
    `INSERT INTO notices (id, source_key, source_item_id, version, title, category, stage, county, published_by,
       project_id, project_code, buyer, suppliers, amount_fen, amount_kind, deadline_at, deadline_precision, opening_at, published_at,
       published_precision, facts, twin_key, fingerprint, first_seen_at, updated_at, last_seen_at)
     VALUES (@id, @sourceKey, @sourceItemId, 1, @title, @category, @stage, @county, @county, @project, @project, @buyer,
       @suppliersJson, @amountFen, iif(@amountFen IS NULL, NULL, 'budget'), @deadlineAt, @deadlinePrecision, @openingAt, @publishedAt, 'second',
       @factsJson, @id, @id, @publishedAt, @publishedAt, @publishedAt)`,
  );
  const party = client.prepare(
    'INSERT INTO notice_parties (notice_id, role, name, published_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const revision = client.prepare(
    `INSERT INTO notice_revisions (notice_id, version, content_version, seal, published_at, reason) VALUES (?, 1, 1, ?, ?, 'created')`,
  );
  const said = client.prepare(
    `INSERT INTO notice_contents (notice_id, version, content, hash, salt, policy) VALUES (?, 1, ?, ?, '', 1)`,
  );
  const insert = client.transaction(() => {
    for (const seed of notices) {
      const { id, project: projectKey, title, category, county, buyer, publishedAt } = seed;
      project.run(projectKey, projectKey, title, category, county, buyer, publishedAt, publishedAt);
      notice.run({
        ...seed,
        suppliersJson: JSON.stringify(seed.suppliers),
        factsJson: JSON.stringify(seed.facts),
        suppliers: undefined,
        facts: undefined,
      });
      if (buyer) party.run(id, 'buyer', buyer, publishedAt);
      for (const supplier of seed.suppliers) party.run(id, 'supplier', supplier, publishedAt);
      revision.run(id, id, publishedAt);
      said.run(id, JSON.stringify({ title, bodyHtml: `<p>${title}正文</p>`, redacted: false }), id);
    }
  });
  insert.immediate();
}

/** Inserts the seeded notices with numbers 0 to `count` − 1. */
export function seedNotices(db: Db, count: number): SeedNotice[] {
  const notices = Array.from({ length: count }, (_, number) => toSeedNotice(number));
  insertNotices(db, notices);
  return notices;
}
