import { readFileSync } from 'node:fs';
import { Cron } from 'croner';
import { and, asc, eq, isNull, ne, notInArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { sources } from '#db/schema/index.ts';
import { excluded, excludedOf, paramsOf } from '#db/sql-pieces.ts';
import { COUNTY_SLUGS, type County, countyDefinition } from '#src/domain/counties/counties.ts';
import { CONSOLE_ADAPTER } from '#src/publish/console-source.ts';
import { MIRRORED_ADAPTER } from './mirror/sources.ts';
import type { SourceConfig } from './types.ts';

const HOST = 'https://www.jnsggzy.cn';

/** Path segment of each county's own site on the city's platform (docs/feeds.md#jining). */
const TENANTS: Record<County, string> = {
  jining: 'JiNing',
  rencheng: 'RenCheng',
  yanzhou: 'YanZhou',
  qufu: 'QuFu',
  zoucheng: 'ZouCheng',
  weishan: 'WeiShan',
  yutai: 'YuTai',
  jinxiang: 'JinXiang',
  jiaxiang: 'JiaXiang',
  wenshang: 'WenShang',
  sishui: 'SiShui',
  liangshan: 'LiangShan',
  gaoxin: 'GaoXinQu',
  taibaihu: 'TaiBaiHu',
  jingkai: 'JingKaiQu',
};

/**
 * Later steps of works, under the codes of the platform's older version (docs/feeds.md#jining-until-2024). The present one is
 * expected to have kept them, but nobody has seen their newest.json.
 */
const EXPECTED_COLUMNS = {
  '504002': { label: '澄清答疑', category: 'construction', stage: 'clarification' },
  '511001': { label: '中标候选人公示', category: 'construction', stage: 'candidateNotice' },
  '513001': { label: '中标结果公告', category: 'construction', stage: 'awardNotice' },
  '517001': { label: '流标公告', category: 'construction', stage: 'failureNotice' },
} as const;

/**
 * Columns that every tenant has (docs/feeds.md#jining). The older version's columns of medical purchases (551002, 552002, 553002)
 * and of the other general ones (552003, 553003, and 551004–553004 at 邹城) are left out: where the present one keeps them is not known,
 * and a site that does not know a code may answer with all of its notices.
 */
const COMMON_COLUMNS = {
  '536': { label: '招标计划', category: 'construction', stage: 'tenderPlan' },
  '503000': { label: '招标公告', category: 'construction', stage: 'tenderNotice' },
  '553001': { label: '结果公告', category: 'procurement', stage: 'awardNotice' },
  '551003': { label: '其他交易', category: 'general', stage: 'mixed' },
  ...EXPECTED_COLUMNS,
} as const;

const CITY_COLUMNS = {
  ...COMMON_COLUMNS,
  // Sources disagree on this column: only the title tells.
  '503002': { label: '变更公告', category: 'construction', stage: 'mixed' },
  '55100101': { label: '采购公告', category: 'procurement', stage: 'tenderNotice' },
  '55200101': { label: '更正公告', category: 'procurement', stage: 'correctionNotice' },
  '57100101': { label: '终止公告', category: 'procurement', stage: 'terminationNotice' },
} as const;

const COUNTY_COLUMNS = {
  ...COMMON_COLUMNS,
  '551001': { label: '采购公告', category: 'procurement', stage: 'tenderNotice' },
  '552001': { label: '更正公告', category: 'procurement', stage: 'correctionNotice' },
} as const;

/** The sites of the city and its counties. Minutes are spread, so that one slow host is asked by one source at a time. */
export const SOURCES: readonly SourceConfig[] = COUNTY_SLUGS.map((county, index) => ({
  key: `jining-${county === 'jining' ? 'city' : county}`,
  name: `${countyDefinition(county).label}公共资源交易网`,
  county,
  adapter: 'jining-newest',
  settings: {
    base: HOST,
    tenant: TENANTS[county],
    columns: county === 'jining' ? CITY_COLUMNS : COUNTY_COLUMNS,
    pagedColumns: Object.keys(EXPECTED_COLUMNS),
  },
  schedule: `${index * 2},${index * 2 + 30} * * * *`,
  minimumItems: 20,
  homepage: `${HOST}/${TENANTS[county]}`,
}));

/** What a source entry has to say, in a file as in the console. */
export const sourceSchema = z.strictObject({
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{1,60}$/, '来源标识须为小写字母、数字和连字符'),
  name: z.string().min(1).max(100),
  county: z.enum(COUNTY_SLUGS),
  adapter: z.string().min(1),
  settings: z.record(z.string(), z.unknown()),
  schedule: z.string().refine(isPattern, '不是有效的 cron 表达式'),
  minimumItems: z.number().int().min(0),
  homepage: z.url().optional(),
  enabled: z.boolean().optional(),
  keepsFiles: z.boolean().optional(),
});

/** The sources of an installation: those of a JSON file when there is one, else the built-in ones. @throws Error naming what is wrong with the file */
export function loadSources(file: string | undefined): readonly SourceConfig[] {
  if (!file) return SOURCES;
  const result = z.array(sourceSchema).safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!result.success) throw new Error(`来源清单 ${file} 有误：\n${z.prettifyError(result.error)}`);
  return result.data;
}

function isPattern(text: string): boolean {
  try {
    new Cron(text, { paused: true }).stop();
    return true;
  } catch {
    return false;
  }
}

const { key, name, county, adapter, settings, schedule, enabled, minimumItems, homepage, keepsFiles } = sources;
const CONFIGURED = { name, county, adapter, settings, schedule, enabled, minimumItems, homepage, keepsFiles };
const SEEDED = { key, ...CONFIGURED };
const IS_SAME = sql`${adapter} = ${excluded(adapter)} AND ${settings} = ${excluded(settings)}`;
const SEED = defineQuery((db, p: Params<RowOf<typeof SEEDED>>) =>
  db
    .insert(sources)
    .values(paramsOf(SEEDED, p))
    .onConflictDoUpdate({
      target: key,
      set: {
        ...excludedOf(CONFIGURED),
        validators: sql`CASE WHEN ${IS_SAME} THEN ${sources.validators} ELSE '{}' END`,
      },
    }),
);

/** Writes a source that was entered in the console; it is not read before somebody resumes it. @throws SqliteError for a key that is taken */
export function addSource(
  db: Db,
  entry: SourceConfig,
  more: Pick<SourceRow, 'speaksForItself' | 'release' | 'pausedAt' | 'pauseReason'>,
): void {
  const { enabled = true, homepage = null, ...rest } = entry;
  db.insert(sources)
    .values({ ...rest, enabled, homepage, origin: 'console', ...more })
    .run();
}

type SourceRow = typeof sources.$inferSelect;

/** Writes source entries: new ones are added, known ones take the entry's settings and keep their health; none is removed. */
export function seedSources(db: Db, entries: readonly SourceConfig[]): void {
  const seed = db.$client.transaction(() => {
    for (const entry of entries) {
      const { enabled: isOn = true, keepsFiles: keeps = true, homepage: page = null } = entry;
      SEED.run(db, { ...entry, enabled: isOn, keepsFiles: keeps, homepage: page });
    }
  });
  seed.immediate();
}

const SCHEDULED = defineQuery((db) =>
  db
    .select({ key, schedule })
    .from(sources)
    .where(
      and(
        eq(enabled, true),
        isNull(sources.pausedAt),
        notInArray(adapter, ['push', CONSOLE_ADAPTER, MIRRORED_ADAPTER]),
        ne(schedule, '').inlineParams(),
      ),
    )
    .orderBy(asc(key)),
);

/** Sources that we read ourselves, on their schedule: not what counties push or mirrors bring. */
export function listScheduledSources(db: Db): { key: string; schedule: string }[] {
  return SCHEDULED.all(db);
}
