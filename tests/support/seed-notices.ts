import { hash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getTableColumns } from 'drizzle-orm';
import { type Db, openDatabase } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import {
  ingestRuns,
  noticeContents,
  noticeParties,
  noticeRevisions,
  projects,
  notices as rows,
  sources,
} from '#db/schema/index.ts';
import { paramsOf } from '#db/sql-pieces.ts';
import { CATEGORY_SLUGS, type Category } from '#src/domain/categories.ts';
import { COUNTY_SLUGS, type County } from '#src/domain/counties/counties.ts';
import type { AmountKind } from '#src/domain/facts/amount-kind.ts';
import type { Facts } from '#src/domain/facts/facts.ts';
import { noticeId, projectId } from '#src/domain/identifiers/ids.ts';
import { type Stage, stagesOf } from '#src/domain/stages.ts';
import { endOf, type MomentPrecision, toMoment } from '#src/domain/time/moment.ts';
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
  const rows = COUNTY_SLUGS.map((county) => ({
    ...{ key: `site-${county}`, name: `${county} 交易网`, county, adapter: 'csv', settings: {} },
    ...{ schedule: '*/10 * * * *', lastAttemptAt: SEED_NOW, lastSuccessAt: SEED_NOW },
  }));
  db.insert(sources).values(rows).run();
}

/** The run `seed`, in which what tests put into `raw_items` was received. */
export function seedRun(db: Db, sourceKey: string, at: Instant = SEED_NOW): void {
  db.insert(ingestRuns)
    .values({ id: 'seed', sourceKey, startedAt: at, finishedAt: at, state: 'succeeded' })
    .onConflictDoNothing()
    .run();
}

export interface SeedNotice {
  id: string;
  sourceKey: string;
  sourceItemId: string;
  title: string;
  category: Category;
  stage: Stage;
  county: County;
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

/** Inserts notices with project, parties and first version, in one transaction. Each counts as a deal of its own. */
export function insertNotices(db: Db, notices: Iterable<SeedNotice>): void {
  const insert = () => {
    for (const seed of notices) insertNotice(db, seed);
  };
  db.$client.transaction(insert).immediate();
}

const PROJECT = getTableColumns(projects);
const ADD_PROJECT = defineQuery((db, p: Params<RowOf<typeof PROJECT>>) =>
  db.insert(projects).values(paramsOf(PROJECT, p)).onConflictDoNothing(),
);
const ADD_NOTICE = defineQuery(
  (
    db,
    p: Params<Omit<SeedNotice, 'facts'> & { facts: Facts; amountKind: AmountKind | null; closesAt: Instant | null }>,
  ) =>
    db.insert(rows).values({
      ...{ id: p.id, sourceKey: p.sourceKey, sourceItemId: p.sourceItemId, version: 1, title: p.title },
      ...{ category: p.category, stage: p.stage, county: p.county, publishedBy: p.county },
      ...{ projectId: p.project, projectCode: p.project, buyer: p.buyer, suppliers: p.suppliers },
      ...{ amountFen: p.amountFen, amountKind: p.amountKind, openingAt: p.openingAt },
      ...{ deadlineAt: p.deadlineAt, deadlinePrecision: p.deadlinePrecision, closesAt: p.closesAt },
      ...{
        publishedAt: p.publishedAt,
        publishedPrecision: 'second',
        facts: p.facts,
        deduplicationKey: p.id,
        fingerprint: p.id,
      },
      ...{ firstSeenAt: p.publishedAt, updatedAt: p.publishedAt, lastSeenAt: p.publishedAt },
    }),
);
const { noticeId: ofNotice, role, name, publishedAt: at } = noticeParties;
const PARTY = { noticeId: ofNotice, role, name, publishedAt: at };
const ADD_PARTY = defineQuery((db, p: Params<RowOf<typeof PARTY>>) =>
  db.insert(noticeParties).values(paramsOf(PARTY, p)).onConflictDoNothing(),
);
/** The salt of every content here. */
const SALT = '5a'.repeat(32);
const ADD_VERSION = defineQuery((db, p: Params<{ id: string; seal: string; publishedAt: string }>) =>
  db.insert(noticeRevisions).values({
    ...{ noticeId: p.id, version: 1, contentVersion: 1, seal: p.seal, publishedAt: p.publishedAt, reason: 'created' },
  }),
);
const ADD_CONTENT = defineQuery((db, p: Params<{ id: string; content: string }>) =>
  db
    .insert(noticeContents)
    .values({ noticeId: p.id, version: 1, content: p.content, hash: p.id, salt: SALT, sanitizerVersion: 1 }),
);

function insertNotice(db: Db, seed: SeedNotice): void {
  const { id, project: code, title, category, county, buyer, publishedAt, amountFen } = seed;
  const times = { createdAt: publishedAt, updatedAt: publishedAt };
  ADD_PROJECT.run(db, { id: code, code, title, category, county, buyer, ...times });
  const deadline = toMoment(seed.deadlineAt, seed.deadlinePrecision);
  const derived = {
    amountKind: amountFen === null ? null : ('budget' as const),
    closesAt: deadline && endOf(deadline),
  };
  ADD_NOTICE.run(db, { ...seed, ...derived, facts: seed.facts as Facts });
  const named = { noticeId: id, publishedAt };
  if (buyer) ADD_PARTY.run(db, { ...named, role: 'buyer', name: buyer });
  for (const supplier of seed.suppliers) ADD_PARTY.run(db, { ...named, role: 'supplier', name: supplier });
  const content = JSON.stringify({ title, bodyHtml: `<p>${title}正文</p>`, redacted: false });
  ADD_VERSION.run(db, { id, seal: hash('sha256', SALT + content), publishedAt });
  ADD_CONTENT.run(db, { id, content });
}

/** Inserts the seeded notices with numbers 0 to `count` − 1. */
export function seedNotices(db: Db, count: number): SeedNotice[] {
  const notices = Array.from({ length: count }, (_, number) => toSeedNotice(number));
  insertNotices(db, notices);
  return notices;
}
