import { getTableColumns } from 'drizzle-orm';
import { openDatabase } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { ingestRuns, organizationNames, organizations, sources } from '#db/schema/index.ts';
import { paramsOf } from '#db/sql-pieces.ts';
import { makeCreditCode } from '#scripts/demo/generate/codes.ts';
import { Random } from '#scripts/demo/generate/random.ts';
import { commandActor } from '#src/domain/actors.ts';
import { nameKey } from '#src/domain/organizations/name-key.ts';
import { organizationId } from '#src/domain/organizations/organization.ts';
import { addDays, formatDate } from '#src/domain/time/time.ts';
import { prepareExposure } from '#src/publish/exposures/prepare.ts';
import { saveExposure } from '#src/publish/exposures/store.ts';

const SEED = 20260401;
/** One organization in so many is on the board. */
const LISTED = 50;
const SYLLABLES =
  '岱川泗滨凫岭微湖古运洸澜汶野鲁桥南阳蓼沟葛亭圣泉尼丘独山昭阳任城缗垣重坊宁渡曲池邾峰鄹邑沂浴阙里'.match(/./gu) ?? [];
const TRADES = ['建设工程', '市政工程', '信息科技', '医疗器械', '园林绿化', '物业服务', '工程咨询', '商贸'];

const { number, mergedInto, mergedHow, ...ADDED } = getTableColumns(organizations);
const ADD = defineQuery((db, p: Params<RowOf<typeof ADDED>>) =>
  db.insert(organizations).values(paramsOf(ADDED, p)).onConflictDoNothing(),
);
const NAME = getTableColumns(organizationNames);
const ADD_NAME = defineQuery((db, p: Params<RowOf<typeof NAME>>) =>
  db.insert(organizationNames).values(paramsOf(NAME, p)).onConflictDoNothing(),
);

export interface BenchOrganization {
  name: string;
  formerName: string;
  code: string;
}

/** `count` different organizations, each with a former name. */
export function makeOrganizations(count: number): BenchOrganization[] {
  const random = new Random(SEED, 'organizations');
  return Array.from({ length: count }, (_, index) => {
    const word = (step: number) => SYLLABLES[Math.floor(index / SYLLABLES.length ** step) % SYLLABLES.length] ?? '';
    const stem = `${word(0)}${word(1)}${word(2)}${word(3)}`;
    const trade = TRADES[index % TRADES.length] ?? '';
    const regionCode = String(370_000 + (Math.floor(index / 9_000) % 900));
    return {
      name: `济宁${stem}${trade}有限公司`,
      formerName: `${stem}${trade}公司`,
      code: makeCreditCode(random, regionCode),
    };
  });
}

/** Stores organizations with their names, and entries in force about one in fifty of them. */
export function storeOrganizations(path: string, organizations: readonly BenchOrganization[]): void {
  const db = openDatabase(path);
  const now = new Date().toISOString();
  db.insert(sources)
    .values({ key: 'bench', name: 'bench', county: 'jining', adapter: 'folder', settings: {}, schedule: '0 0 * * *' })
    .run();
  db.insert(ingestRuns)
    .values({ id: 'bench', sourceKey: 'bench', startedAt: now, finishedAt: now, state: 'succeeded' })
    .run();
  db.$client.transaction(() => {
    for (const [index, organization] of organizations.entries()) {
      const id = organizationId({ uscc: organization.code });
      const { name, formerName, code: uscc } = organization;
      const key = nameKey(name);
      ADD.run(db, { id, uscc, name, nameKey: key, createdAt: now, updatedAt: now });
      ADD_NAME.run(db, { key, organizationId: id, name, kind: 'current', known: 'notice' });
      const former = { key: nameKey(formerName), name: formerName, kind: 'former' } as const;
      ADD_NAME.run(db, { ...former, organizationId: id, known: 'notice' });
      if (index % LISTED === 0) saveEntry(db, organization, index);
    }
  })();
  db.$client.close();
}

function saveEntry(db: ReturnType<typeof openDatabase>, { name, code }: BenchOrganization, index: number): void {
  const now = new Date().toISOString();
  const decided = formatDate(addDays(now, -30));
  const fields = {
    当事人: name,
    统一社会信用代码: code,
    文号: `演罚〔2026〕${index + 1}号`,
    违法行为: '投标人之间相互串通投标',
    处罚类别: '罚款',
    处罚内容: '罚款 6 万元',
    '罚款金额（万元）': '6',
    处罚机关: '示例市财政局',
    决定日期: decided,
  };
  const column = { board: 'exposure', kind: 'penalty' } as const;
  const sourceItemId = String(index);
  const draft = {
    sourceItemId,
    column: { code: 'bench' },
    title: '行政处罚决定',
    rawTitle: '行政处罚决定',
    published: { raw: decided, field: 'published' },
    attachments: [],
    fields,
    extra: {},
  };
  const entry = prepareExposure(draft, column, { sourceKey: 'bench', publishedBy: 'jining' });
  const raw = { sourceKey: 'bench', sourceItemId, contentHash: sourceItemId.padStart(64, '0'), listItem: '{}' };
  saveExposure(db, entry, raw, { runId: 'bench', actor: commandActor('bench', 'match'), now });
}
