import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DemoNotice } from '#scripts/demo/generate/model.ts';
import { TOTALS_2020 } from '#scripts/demo/generate/year-2020.ts';
import { countTotals2020 } from '#scripts/demo/load.ts';
import type { ItemFlaw } from '#scripts/demo/platforms/flaws.ts';
import { personalNumbersOf } from '#scripts/demo/platforms/served-body.ts';
import { CREDIT_KEY, demoKey } from '#scripts/demo/sources.ts';
import { COUNTY_SLUGS, type County, countyDefinition } from '#src/domain/counties/counties.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { redactPersonalData } from '#src/domain/personal-data/redact.ts';
import { normaliseText } from '#src/domain/search/fold.ts';
import { spell } from '#src/domain/search/synonyms.ts';
import { formatDateTime } from '#src/domain/time/time.ts';
import { NOTICE_READER } from '#src/publish/facts/reading.ts';
import { normaliseTitle } from '#src/publish/prepare/fingerprints.ts';
import { isDemo } from '#src/server/demo.ts';
import { listNotices } from '#src/server/notices/list.ts';
import { listIndexableRows } from '#src/server/search/document.ts';
import { ftsBackend } from '#src/server/search/fts-search.ts';
import { searchWith } from '#src/server/search/search.ts';
import { personalDataCheck } from '#src/server/verify/personal-data.ts';
import { readingCheck } from '#src/server/verify/reading.ts';
import { DATABASE_CHECKS, verifyInvariants } from '#src/server/verify/verify.ts';
import { type DemoRig, startDemoRig } from '#tests/support/demo-rig.ts';

let rig: DemoRig;

beforeAll(async () => {
  rig = await startDemoRig();
}, 1_800_000);
afterAll(() => rig.close());

const rows = <Row>(sql: string, ...parameters: unknown[]) => rig.db.$client.prepare(sql).all(...parameters) as Row[];
const pluck = <Value>(sql: string, ...parameters: unknown[]) =>
  rig.db.$client
    .prepare(sql)
    .pluck()
    .all(...parameters) as Value[];

/** County, stage, day and title. */
const identity = (notice: { county: string; stage: string; day: string; title: string }) =>
  `${notice.county} ${notice.stage} ${notice.day} ${normaliseTitle(notice.title)}`;
/** The identities under which platforms may show a notice: some list titles without the words of the stage. */
const identitiesOf = (notice: DemoNotice) =>
  [notice.title, notice.bareTitle].map((title) => identity({ ...notice, title, day: notice.publishedAt.slice(0, 10) }));
const publicIdentities = () =>
  rows<{ county: string; stage: string; title: string; publishedAt: string }>(
    'SELECT county, stage, title, published_at AS publishedAt FROM published_notices',
  ).map((row) => identity({ ...row, day: formatDateTime(row.publishedAt).slice(0, 10) }));

describe('the first load', () => {
  test('was stopped once, went on, and is marked', () => {
    expect(rig.interrupted).toBeInstanceOf(Error);
    expect(isDemo(rig.db)).toBe(true);
  });

  test('gives exactly the totals of 2020', () => {
    expect(countTotals2020(rig.db)).toEqual(TOTALS_2020);
    expect(pluck(`SELECT count(*) FROM published_notices WHERE published_at < '2020-12-31T16:00:00.000Z'`)).toEqual([
      5182,
    ]);
  });

  test('reads every site, in seven formats', () => {
    const read = `SELECT key FROM sources WHERE last_success_at IS NOT NULL AND last_item_count > 50 ORDER BY key`;
    expect(pluck(read)).toEqual([...COUNTY_SLUGS.map(demoKey), CREDIT_KEY].sort());
    expect(new Set(pluck('SELECT adapter FROM sources')).size).toBe(7);
  });

  test('loses nothing and shows nothing twice', () => {
    const visible = rig.notices.filter(({ publishedAt }) => publishedAt <= rig.now);
    const keyOf = new Map(visible.flatMap((notice) => identitiesOf(notice).map((id) => [id, notice.key])));
    const shown = publicIdentities().map((id) => keyOf.get(id) ?? id);
    expect(shown.sort()).toEqual(visible.map(({ key }) => key).sort());
  });

  test("the city's copies of county notices are repeats of them", () => {
    const copies = rig.notices.filter(({ publishedAt, alsoOnCity }) => alsoOnCity && publishedAt <= rig.now).length;
    const repeats = pluck(
      `SELECT count(*) FROM notices n JOIN notices c ON c.id = n.canonical_id
       WHERE n.published_by = 'jining' AND c.published_by = n.county AND c.canonical_id IS NULL`,
    );
    expect(repeats).toEqual([copies]);
    expect(copies).toBeGreaterThan(100);
  });

  test('refuses the bad items, each with its reason', () => {
    const codes: Record<ItemFlaw, string[]> = {
      'no-title': ['unreadable'],
      'no-date': ['unreadable', 'time-missing'],
      'future-date': ['time-future'],
      'empty-detail': ['unreadable', 'detail-unreadable'],
      'foreign-county': ['county-unknown'],
      'unmapped-column': ['column-unknown'],
    };
    for (const county of COUNTY_SLUGS) {
      const flaws = rig.store.all(county).flatMap(({ flaw }) => flaw ?? []);
      const reasons = pluck<string>(
        `SELECT json_extract(reasons, '$[0].code') FROM raw_items WHERE source_key = ? AND state = 'rejected'`,
        demoKey(county),
      );
      expect(reasons, county).toHaveLength(flaws.length);
      for (const flaw of flaws)
        expect(reasons, county).toEqual(expect.arrayContaining([expect.toBeOneOf(codes[flaw])]));
    }
    expect(pluck('SELECT DISTINCT kind FROM unknown_codes ORDER BY 1')).toEqual(['column', 'county']);
  });

  test('keeps every invariant', async () => {
    const checks = [
      ...DATABASE_CHECKS,
      readingCheck(NOTICE_READER),
      personalDataCheck((text) => redactPersonalData(text).masked),
    ];
    expect((await verifyInvariants(rig.db, checks)).filter(({ breaches }) => breaches > 0)).toEqual([]);
  });
});

describe('personal numbers', () => {
  const inText = (text: string) => text.normalize('NFKC').replace(/<[^<>]*>|[\s\u200b-]/g, '');

  test('that the sites show appear nowhere in what is public', () => {
    const numbers = rig.notices.flatMap((notice) => Object.values(personalNumbersOf(notice)));
    expect(numbers.length).toBeGreaterThan(300);
    const shown = new Set(numbers);
    const texts = [
      ...pluck<string>(`SELECT title || ' ' || facts FROM notices`),
      ...pluck<string>('SELECT content FROM notice_versions'),
      ...pluck<string>('SELECT body FROM notice_texts'),
      ...listIndexableRows(rig.db, pluck<string>('SELECT id FROM published_notices')).map((row) => JSON.stringify(row)),
    ];
    const leaked = texts.flatMap((text) =>
      [...inText(text).matchAll(/(?=(1380013\d{4}|37089919000101\d{3}[\dX]))/g)].flatMap((match) => match[1] ?? []),
    );
    expect(leaked.filter((number) => shown.has(number))).toEqual([]);
    expect(pluck<number>(`SELECT count(*) FROM notice_texts WHERE body LIKE '%138********%'`)[0]).toBeGreaterThan(200);
    expect(
      pluck<number>(`SELECT count(*) FROM notice_texts WHERE body LIKE '%3708**************%'`)[0],
    ).toBeGreaterThan(20);
  });

  test('hidden seals and templates are not part of the text', () => {
    expect(pluck(`SELECT count(*) FROM notice_texts WHERE body LIKE '%盖章位置%' OR body LIKE '%模板编号%'`)).toEqual([
      0,
    ]);
  });
});

describe('what visitors look for', () => {
  const search = (filter: NoticeFilter) => searchWith(rig.db, ftsBackend(rig.db), filter);

  test('监控 in Zoucheng, open: each with budget and deadline', async () => {
    const { items, total } = await search({ q: '监控', county: 'zoucheng', status: 'open', limit: 50 });
    expect(total).toBeGreaterThan(0);
    expect(
      items.filter(({ amountFen, deadlineAt, county }) => !amountFen || !deadlineAt || county !== 'zoucheng'),
    ).toEqual([]);
  });

  test.each([
    ['工程', /在建工程/],
    ['招商 公司', /招商.*有限公司/],
    ['农业', /农业发展/],
  ])('%s', async (q, wanted) => {
    const titles: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await search({ q, limit: 200, ...(cursor ? { cursor } : {}) });
      titles.push(...page.items.map(({ title }) => title));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(titles.some((title) => wanted.test(title))).toBe(true);
  });

  test('budgets from 5 to 20 million yuan, by deadline', () => {
    const { items, total } = listNotices(rig.db, {
      min: 500_000_000,
      max: 2_000_000_000,
      sort: 'deadline',
      status: 'open',
    });
    expect(total).toBeGreaterThan(5);
    expect(items.every(({ amountFen, deadlineAt }) => (amountFen ?? 0) >= 500_000_000 && deadlineAt)).toBe(true);
  });

  test('land offerings have area, use, start price, deposit and deadline', () => {
    const offers = pluck<string>(`SELECT facts FROM published_notices WHERE stage = 'landOffering'`).map((facts) =>
      Object.keys(JSON.parse(facts) as object),
    );
    const full = offers.filter((keys) =>
      ['landArea', 'landUse', 'startPrice', 'deposit', 'deadline'].every((key) => keys.includes(key)),
    );
    expect(offers.length).toBeGreaterThan(50);
    expect(full).toHaveLength(offers.length);
  });

  test('medical corrections stand in one project with what they correct', () => {
    const corrections = rows<{ title: string; originals: number }>(
      `SELECT n.title, (SELECT count(*) FROM published_notices o WHERE o.project_id = n.project_id
         AND o.stage IN ('tenderNotice', 'singleSourceNotice')) AS originals
       FROM published_notices n WHERE n.category = 'medical' AND n.stage = 'correctionNotice'`,
    );
    expect(corrections.length).toBeGreaterThan(20);
    expect(corrections.filter(({ originals }) => originals === 0)).toEqual([]);
  });

  test('projects with several stages, and tenders still open', () => {
    const stages = pluck<number>('SELECT count(DISTINCT stage) FROM published_notices GROUP BY project_id');
    expect(stages.filter((count) => count >= 3).length).toBeGreaterThan(500);
    expect(stages.filter((count) => count >= 5).length).toBeGreaterThan(50);
    expect(listNotices(rig.db, { status: 'open' }).total).toBeGreaterThan(40);
  });

  test('attachments can be downloaded', async () => {
    const [url] = pluck<string>(`SELECT url FROM attachments ORDER BY notice_id LIMIT 1`);
    const answer = await fetch(url ?? '');
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect((await answer.text()).startsWith('%PDF-')).toBe(true);
  });
});

describe('totals', () => {
  test('are those of a plain search through everything, for 200 words under filters', async () => {
    const notices = rows<{
      id: string;
      title: string;
      body: string | null;
      county: County;
      stage: string;
      category: string;
    }>(
      `SELECT n.id, n.title, n.county, n.stage, n.category, coalesce(t.body, '') AS body
       FROM published_notices n LEFT JOIN notice_texts t ON t.notice_id = n.id`,
    ).map((notice) => ({ ...notice, text: normaliseText(`${notice.title}\n${notice.body}`) }));
    const words = pickWords(
      notices.map(({ title }) => normaliseText(title)),
      200,
    );
    expect(words).toHaveLength(200);
    const filters: NoticeFilter[] = [
      {},
      { county: 'qufu' },
      { category: 'procurement' },
      { stage: 'tenderNotice', county: 'zoucheng' },
    ];
    for (const [index, word] of words.entries()) {
      const filter = { q: word, ...filters[index % filters.length], limit: 1 };
      const page = await searchWith(rig.db, ftsBackend(rig.db), filter);
      const literal = await searchWith(rig.db, ftsBackend(rig.db), { ...filter, q: `"${word}"` });
      const holding = notices.filter(
        (notice) =>
          notice.text.includes(word) &&
          (!filter.county || notice.county === filter.county) &&
          (!filter.category || notice.category === filter.category) &&
          (!filter.stage || notice.stage === filter.stage),
      );
      const named = literal.total - holding.length;
      // Beyond title and body words are looked for in names of parties and of the county, which the text need not repeat.
      expect(named, `"${word}"`).toBeGreaterThanOrEqual(0);
      if (named > 0) expect(named, `"${word}"`).toBe(countNamed(word, filter, new Set(holding.map(({ id }) => id))));
      const isAlone = page.plan?.rewritten.length === 0 && spell(word).texts.length === 1;
      if (isAlone) expect(page.total, word).toBe(literal.total);
      else expect(page.total, word).toBeGreaterThanOrEqual(literal.total);
    }
  });
});

/** Every so many of the words of the titles, from the most frequent to the rarest. */
function pickWords(titles: readonly string[], count: number): string[] {
  const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
  const counts = new Map<string, number>();
  for (const title of titles) {
    for (const { segment } of segmenter.segment(title)) {
      if (/^\p{Script=Han}{2,}$/u.test(segment)) counts.set(segment, (counts.get(segment) ?? 0) + 1);
    }
  }
  const words = [...counts].sort(([a, x], [b, y]) => y - x || a.localeCompare(b)).map(([word]) => word);
  return Array.from({ length: count }, (_, index) => words[Math.floor((index * words.length) / count)] ?? '');
}

/** Notices under a filter that have a word in the name of a party, their county or a code alone. */
function countNamed(word: string, { county, category, stage }: NoticeFilter, others: ReadonlySet<string>): number {
  return listIndexableRows(rig.db, pluck<string>('SELECT id FROM published_notices')).filter((row) => {
    if (others.has(row.id)) return false;
    if ((county && row.county !== county) || (category && row.category !== category) || (stage && row.stage !== stage))
      return false;
    const { label, short } = countyDefinition(row.county);
    const names = [row.buyer, row.agency, ...row.suppliers, label, short, row.projectCode, row.lotCode];
    return names.some((name) => name && normaliseText(name).includes(word));
  }).length;
}

describe('afterwards', () => {
  test('a second load does nothing', async () => {
    const before = pluck('SELECT count(*) FROM ingest_runs');
    expect(await rig.load()).toBe('present');
    expect(pluck('SELECT count(*) FROM ingest_runs')).toEqual(before);
  });

  test.each(['qufu', 'jiaxiang', 'yutai', 'liangshan', 'wenshang', 'sishui', 'jingkai'] as const)(
    'reading all of %s again changes nothing',
    async (county) => {
      const summary = await rig.read(demoKey(county), true);
      expect(summary).toMatchObject({ state: 'succeeded', created: 0, changed: 0, gone: 0 });
      expect(summary.unchanged).toBeGreaterThan(100);
    },
  );

  test('what the sites publish later appears, and nothing else', async () => {
    const before = new Set(publicIdentities());
    rig.advance();
    const later = rig.notices.filter(({ publishedAt }) => publishedAt > rig.now);
    // A run reads the first page of each list with all its details: of sites with nothing new, two stand for all.
    const told = new Set<County>([...later.map(({ county }) => county), 'taibaihu', 'jingkai']);
    for (const county of told) await rig.read(demoKey(county));
    const added = publicIdentities().filter((id) => !before.has(id));
    expect(added).toHaveLength(later.length);
    expect(later.filter((notice) => !identitiesOf(notice).some((id) => added.includes(id)))).toEqual([]);
    rig.keep();
  });
});
