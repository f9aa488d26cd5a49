import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { rawItems } from '#db/schema/index.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { ExposureColumn, NoticeDraft } from '#src/publish/draft.ts';
import { prepareExposure } from '#src/publish/exposures/prepare.ts';
import { saveExposure } from '#src/publish/exposures/store.ts';
import { seedRun } from './seed-notices.ts';
import { byTester } from './writer.ts';

/** The penalty board's column. */
export const PENALTIES: ExposureColumn = { board: 'exposure', kind: 'penalty' };
export const DEBARMENTS: ExposureColumn = { board: 'blacklist', kind: 'blacklist', list: 'govProcurementDebarment' };

/** Everything a decision needs; a test gives what it is about. */
const DECISION: Record<string, string> = {
  违法行为: '投标人之间相互串通投标',
  违法事实: '在某项目投标中与他人串通。',
  处罚依据: '《招标投标法》第五十三条',
  处罚类别: '罚款',
  处罚内容: '罚款 6 万元',
  '罚款金额（万元）': '6',
  处罚机关: '示例市财政局',
};

/**
 * Stores a decision as the pipeline does, from source `site-jining` (see `seedSources`). Returns the entry's id.
 * @param fields labels and values as feeds give them: 当事人, 文号 and 决定日期 at least.
 */
export function seedExposure(
  db: Db,
  fields: Record<string, string>,
  { column = PENALTIES, county = '济宁市', now = Date.now(), publishedBy = 'jining' as County } = {},
): string {
  const all = { ...DECISION, ...fields };
  const sourceItemId = createHash('sha256')
    .update(`${column.board} ${all.文号} ${all.当事人}`)
    .digest('hex')
    .slice(0, 12);
  const published = all.公示日期 ?? all.决定日期 ?? '';
  const draft: NoticeDraft = {
    sourceItemId,
    column: { code: 'test' },
    exposure: column,
    title: '行政处罚决定',
    rawTitle: '行政处罚决定',
    published: { raw: published, field: 'published' },
    countyText: county,
    url: `https://penalty.example/${sourceItemId}`,
    attachments: [],
    fields: all,
    extra: {},
  };
  const entry = prepareExposure(draft, column, { sourceKey: 'site-jining', publishedBy }, now);
  const raw = {
    sourceKey: 'site-jining',
    sourceItemId,
    contentHash: createHash('sha256').update(JSON.stringify(all)).digest('hex'),
    listItem: JSON.stringify(draft),
  };
  const at = new Date(now).toISOString();
  seedRun(db, 'site-jining', at);
  saveExposure(db, entry, raw, { runId: 'seed', ...byTester(at) });
  const row = db
    .select({ exposureId: rawItems.exposureId })
    .from(rawItems)
    .where(eq(rawItems.sourceItemId, sourceItemId))
    .get();
  return String(row?.exposureId);
}
