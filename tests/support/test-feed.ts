import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import { decodeText } from '#src/formats/decode.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { ADAPTERS } from '#src/ingest/adapters/index.ts';
import { seedSources } from '#src/ingest/sources.ts';
import type { FeedAdapter, SourceConfig } from '#src/ingest/types.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';

const settingsSchema = z.object({
  base: z.url(),
  detail: z.boolean().default(false),
  columns: z.record(
    z.string(),
    z.object({ category: z.enum(CATEGORY_SLUGS), stage: z.enum([...STAGE_SLUGS, 'mixed']) }),
  ),
});
type Settings = z.output<typeof settingsSchema>;

const pageSchema = z.object({
  items: z.array(z.record(z.string(), z.unknown())),
  total: z.number(),
  next: z.string().optional(),
});
const itemSchema = z.object({
  id: z.string(),
  title: z.string(),
  date: z.string(),
  column: z.string().default('1'),
  body: z.string().optional(),
  code: z.string().optional(),
  lot: z.string().optional(),
  county: z.string().optional(),
  origin: z.string().optional(),
  withdrawn: z.boolean().optional(),
  fields: z.record(z.string(), z.string()).default({}),
  clicks: z.number().optional(),
});

function parseJson(bytes: Uint8Array): unknown {
  const text = decodeText(bytes);
  try {
    return JSON.parse(text);
  } catch {
    throw new FeedFormatError('不是 JSON', text);
  }
}

function toDraft(row: z.output<typeof itemSchema>, settings: Settings): NoticeDraft {
  const mapping = settings.columns[row.column];
  return {
    sourceItemId: row.id,
    column: { code: row.column },
    ...(mapping ? { mapping } : {}),
    title: row.title,
    rawTitle: row.title,
    published: { raw: row.date, field: 'date' },
    ...(row.county ? { countyText: row.county } : {}),
    url: `https://zoucheng.example/notice?id=${encodeURIComponent(row.id)}`,
    ...(row.origin ? { originUrl: row.origin } : {}),
    ...(row.body === undefined ? {} : { bodyHtml: row.body }),
    attachments: [],
    ...(row.code ? { projectCode: row.code } : {}),
    ...(row.lot ? { lotCode: row.lot } : {}),
    fields: row.fields,
    ...(row.withdrawn ? { withdrawn: true } : {}),
    extra: { clicks: row.clicks },
  };
}

/** A plain paged JSON feed, so that tests of the pipeline do not hang on any platform's format. */
export const testAdapter: FeedAdapter<Settings> = {
  key: 'test-feed',
  name: 'Test feed',
  caveats: [],
  settings: settingsSchema,
  lists: ({ base }) => [{ url: `${base}/list?page=1`, expect: 'json' }],
  parseList(bytes, { settings }) {
    const page = pageSchema.safeParse(parseJson(bytes));
    if (!page.success) throw new FeedFormatError('不是清单', decodeText(bytes));
    const result = { drafts: [] as NoticeDraft[], faults: [] as { raw: string; reason: string }[] };
    for (const row of page.data.items) {
      const item = itemSchema.safeParse(row);
      if (item.success) result.drafts.push(toDraft(item.data, settings));
      else result.faults.push({ raw: JSON.stringify(row), reason: '行不可读' });
    }
    const { next, total } = page.data;
    return { ...result, total, ...(next ? { next: { url: `${settings.base}${next}`, expect: 'json' as const } } : {}) };
  },
  detail: (draft, { base, detail }) =>
    detail && draft.bodyHtml === undefined
      ? { url: `${base}/detail?id=${encodeURIComponent(draft.sourceItemId)}`, expect: 'html' }
      : undefined,
  parseDetail(bytes, draft) {
    const body = /<article>([\s\S]*)<\/article>/.exec(decodeText(bytes))?.[1];
    if (body === undefined) throw new FeedFormatError('没有正文', decodeText(bytes));
    return { ...draft, bodyHtml: body };
  },
};

/** Makes the test feed's adapter known to this process. */
export function registerTestAdapter(): void {
  ADAPTERS['test-feed'] = testAdapter;
}

const COLUMNS = {
  '1': { category: 'procurement', stage: 'tenderNotice' },
  '2': { category: 'procurement', stage: 'awardNotice' },
  '3': { category: 'construction', stage: 'mixed' },
} as const;

/** A source entry for a test feed. */
export function testSource(base: string, more: Partial<SourceConfig> & { detail?: boolean } = {}): SourceConfig {
  const { detail = false, ...entry } = more;
  return {
    key: 'test-zoucheng',
    name: '邹城测试站',
    county: 'zoucheng',
    adapter: 'test-feed',
    settings: { base, detail, columns: COLUMNS },
    schedule: '0 * * * *',
    minimumItems: 1,
    ...entry,
  };
}

/** Registers the adapter and stores a source. Returns its key. */
export function addTestSource(db: Db, base: string, more: Parameters<typeof testSource>[1] = {}): string {
  registerTestAdapter();
  const entry = testSource(base, more);
  seedSources(db, [entry]);
  return entry.key;
}
