import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import { ADAPTERS } from '#src/ingest/adapters/index.ts';
import { decodeText } from '#src/ingest/formats/decode.ts';
import { seedSources } from '#src/ingest/sources.ts';
import { type FeedAdapter, FeedFormatError, type NoticeDraft, type SourceConfig } from '#src/ingest/types.ts';
import type { Site } from './feed-server.ts';

/** An item of the test feed, as the site holds it. */
export interface FeedItem {
  id: string;
  title: string;
  date: string;
  column?: string;
  body?: string;
  code?: string;
  lot?: string;
  county?: string;
  origin?: string;
  withdrawn?: boolean;
  fields?: Record<string, string>;
  /** A counter that changes with every visit. */
  clicks?: number;
}

const PAGE_SIZE = 20;

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
const testAdapter: FeedAdapter<Settings> = {
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

/** A site that serves the items it is given at the moment of the request, twenty a page, newest first, with validators. */
export function testSite(items: () => FeedItem[], pageSize = PAGE_SIZE): Site {
  return ({ url, headers }) => {
    const all = items();
    if (url.pathname === '/detail') {
      const item = all.find(({ id }) => id === url.searchParams.get('id'));
      return {
        type: 'text/html; charset=utf-8',
        status: item ? 200 : 404,
        body: `<html><article>${item?.body ?? ''}</article></html>`,
      };
    }
    const page = Number(url.searchParams.get('page') ?? 1);
    const rows = all.slice((page - 1) * pageSize, page * pageSize);
    const next = page * pageSize < all.length ? `/list?page=${page + 1}` : undefined;
    const body = JSON.stringify({ items: rows, total: all.length, ...(next ? { next } : {}) });
    if (page > 1) return { type: 'application/json; charset=utf-8', body };
    const etag = `"${createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 16)}"`;
    if (headers['if-none-match'] === etag) return { type: 'application/json', status: 304, body: '' };
    return { type: 'application/json; charset=utf-8', body, headers: { etag } };
  };
}

const DAY_MS = 86_400_000;

/** A distinct, deterministic item; higher numbers are older. */
export function makeItem(number: number, more: Partial<FeedItem> = {}): FeedItem {
  const date = new Date(Date.parse('2026-06-20T00:00:00Z') - Math.floor(number / 4) * DAY_MS)
    .toISOString()
    .slice(0, 10);
  const unit = COUNTY_SLUGS[number % COUNTY_SLUGS.length];
  return {
    id: `item-${number}`,
    title: `第${number}号${unit}设备采购项目公开招标公告`,
    date,
    body: `<p>项目编号：SDGP37088320260${String(number).padStart(5, '0')}</p><p>采购人：邹城市第${number}中学</p><p>预算金额：${number + 1}.5 万元</p>`,
    code: `SDGP37088320260${String(number).padStart(5, '0')}`,
    ...more,
  };
}

/** So many distinct items, newest first. */
export function makeItems(count: number): FeedItem[] {
  return Array.from({ length: count }, (_, number) => makeItem(number));
}
