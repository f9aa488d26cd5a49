import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CorpusNotice } from '#scripts/bench/search-quality/corpus.ts';
import { countyDefinition } from '#src/domain/counties/counties.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { appendChange } from '#src/publish/changes/append.ts';
import { ftsBackend } from '#src/server/search/fts-search.ts';
import { meiliBackend } from '#src/server/search/meili-search.ts';
import { searchWith } from '#src/server/search/search.ts';
import { byTester } from '#tests/support/writer.ts';
import { openRig, type Rig, withTitle } from './rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await openRig(1500, (corpus) => [
    withTitle(corpus, 1, { title: '任城区标准化厂房在建工程监理', buyer: '甲', supplier: '乙', body: '' }),
    withTitle(corpus, 2, { title: '微湖棹招商推介有限公司咨询服务', buyer: '甲', supplier: '乙', body: '' }),
    withTitle(corpus, 3, { title: '岱岳川农业服务站网点装修', buyer: '甲', supplier: '乙', body: '' }),
  ]);
});
afterAll(() => rig.close());

describe.each(['meilisearch', 'fts5'] as const)('%s', (name) => {
  const search = (filter: NoticeFilter) =>
    searchWith(rig.db, name === 'fts5' ? ftsBackend(rig.db) : meiliBackend(rig.engine.client), filter);
  const walk = async (filter: NoticeFilter) => {
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await search({ ...filter, limit: 37, ...(cursor ? { cursor } : {}) });
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    } while (cursor);
    return ids;
  };
  /** All that a notice says, as a plain search would look through it. */
  const textOf = ({ title, body, buyer, supplier, agency, county, code }: CorpusNotice) =>
    [title, body, buyer, supplier, agency, countyDefinition(county).label, countyDefinition(county).short, code].join(
      '\n',
    );
  const count = (...parts: string[]) =>
    rig.corpus.filter((notice) => parts.every((part) => textOf(notice).includes(part))).length;

  test.each(['工程', '招商 公司', '农业'])('finds what holds the characters of %s', async (q) => {
    const ids = await walk({ q });
    const parts = q.split(' ');
    const wanted = rig.corpus.filter(({ title }) => parts.every((part) => title.includes(part)));
    expect(wanted.length).toBeGreaterThan(0);
    for (const { id } of wanted) expect(ids).toContain(id);
  });

  test('totals are exact and deep pages neither overlap nor leave anything out', async () => {
    const page = await search({ q: '改造' });
    const ids = await walk({ q: '改造' });
    expect(page.total).toBe(count('改造'));
    expect(new Set(ids).size).toBe(page.total);
  });

  test.each(['published', 'arrived', 'deadline', 'amount'] as const)(
    'sort by %s keeps the result and orders it',
    async (sort) => {
      const ids = await walk({ q: '工程 邹城', sort, scope: 'all' });
      expect(new Set(ids)).toEqual(new Set(await walk({ q: '工程 邹城' })));
      const rows = ids.flatMap((id) => rig.corpus.find((notice) => notice.id === id) ?? []);
      const values = rows.map((row) =>
        sort === 'amount'
          ? row.amountFen
          : Date.parse(sort === 'published' || sort === 'arrived' ? row.publishedAt : row.deadlineAt),
      );
      expect(values.length).toBeGreaterThan(5);
      expect(values).toEqual([...values].sort((a, b) => b - a)); // every deadline is past: what closed last comes first
    },
  );

  test('a code is found in any spelling and comes first', async () => {
    const notice = rig.corpus.find(({ code }) => code.startsWith('JNZB-'));
    const code = notice?.code ?? '';
    for (const q of [code, code.toLowerCase(), code.replaceAll('-', ' '), `项目编号：${code.replaceAll('-', '')}`]) {
      const page = await search({ q });
      expect(page.items[0]?.id, q).toBe(notice?.id);
      expect(page.plan?.scope).toBe('code');
    }
  });

  test('part of a code finds every code that holds it', async () => {
    const part = rig.corpus.find(({ code }) => code.startsWith('JNZB-'))?.code.slice(5) ?? '';
    const wanted = rig.corpus.filter(({ code }) => code.endsWith(part));
    expect((await search({ q: part })).total).toBe(wanted.length);
    expect(wanted.length).toBeGreaterThan(0);
  });

  test('filters narrow exactly, and a facet count is the total one gets', async () => {
    const open = await search({ q: '采购' });
    for (const [county, total] of Object.entries(open.facets.county)) {
      const narrowed = await search({ q: '采购', county: county as 'qufu' });
      expect(narrowed.total).toBe(total);
      expect(narrowed.facets.county).toEqual(open.facets.county);
    }
    const [category] = Object.keys(open.facets.category) as ['procurement'];
    const inCategory = await search({ q: '采购', category });
    for (const [county, total] of Object.entries(inCategory.facets.county)) {
      const narrowed = await search({ q: '采购', category, county: county as 'qufu' });
      expect(narrowed.total).toBe(total);
      expect(narrowed.facets.county).toEqual(inCategory.facets.county);
      expect(narrowed.facets.category).toEqual((await search({ q: '采购', county: county as 'qufu' })).facets.category);
    }
    const rich = await search({ q: '采购', min: 100_000_00, from: '2020-06-01', to: '2020-12-31', limit: 200 });
    for (const { amountFen, publishedAt } of rich.items) {
      expect(amountFen).toBeGreaterThanOrEqual(100_000_00);
      expect(publishedAt >= '2020-05-31T16' && publishedAt < '2020-12-31T16').toBe(true);
    }
    const buyer = rig.corpus[0]?.buyer ?? '';
    expect((await walk({ q: '公告', buyer })).length).toBe(
      rig.corpus.filter((notice) => notice.buyer === buyer && textOf(notice).includes('公告')).length,
    );
  });

  test('quotes, exclusion, nothing found', async () => {
    expect((await search({ q: '"改造工程"' })).total).toBe(count('改造工程'));
    const without = await search({ q: '改造 -道路', limit: 200 });
    expect(without.items.every(({ title }) => !title.includes('道路'))).toBe(true);
    expect((await search({ q: '魑魅魍魉' })).total).toBe(0);
  });

  test.each(['改造', '食材', '监控', '公告', '电梯', '教育'])(
    '%s: all that hold it, those in the title first',
    async (q) => {
      const page = await search({ q });
      expect(page.total).toBe(count(q));
      expect(page.counts?.all).toBe(page.total);
      const ids = await walk({ q });
      expect(new Set(ids).size).toBe(page.total);
      const byId = new Map(rig.corpus.map((notice) => [notice.id, notice]));
      const titled = ids.map((id) => byId.get(id)?.title.includes(q) ?? false);
      const first = titled.filter(Boolean).length;
      expect(titled.slice(0, Math.min(first, 50)).every(Boolean)).toBe(true);
    },
  );

  test('by date it keeps to titles and subjects, with all one step away', async () => {
    const bySubject = await search({ q: '电梯', sort: 'published', limit: 200 });
    const titled = rig.corpus.filter(({ title, buyer }) => `${title} ${buyer}`.includes('电梯'));
    expect(new Set(bySubject.items.map(({ id }) => id))).toEqual(new Set(titled.map(({ id }) => id)));
    expect(bySubject.plan?.scope).toBe('subject');
    expect(bySubject.counts).toEqual({ subject: titled.length, all: count('电梯') });
    expect((await search({ q: '电梯', sort: 'published', scope: 'all' })).total).toBe(count('电梯'));
    expect((await search({ q: '电梯', scope: 'subject' })).total).toBe(titled.length);
  });

  test('words that are filters are read so, said, and undone by quotes', async () => {
    const page = await search({ q: '邹城 改造' });
    expect(page.plan?.conditions).toEqual([{ typed: '邹城', label: '邹城市', kind: 'county' }]);
    expect(page.total).toBe((await search({ q: '改造', county: 'zoucheng' })).total);
    const literal = await search({ q: page.plan?.literal?.q ?? '' });
    expect(literal.plan?.conditions).toEqual([]);
    expect(literal.total).toBe(page.plan?.literal?.total);
    expect(literal.total).toBe(count('邹城', '改造'));
    const stage = await search({ q: '电梯 中标结果公告', limit: 200 });
    expect(stage.plan?.conditions.map(({ kind }) => kind)).toEqual(['stage']);
    expect(stage.items.every((hit) => hit.stage === 'awardNotice')).toBe(true);
    const amount = rig.corpus[7]?.amountFen ?? 0;
    const exact = await search({ q: `${(amount / 100).toFixed(2)}` });
    expect(exact.plan?.conditions.map(({ kind }) => kind)).toEqual(['amount']);
    expect(exact.items.map(({ id }) => id)).toContain(rig.corpus[7]?.id);
  });

  test('a short name that other names hold is a word and hides none of them', async () => {
    const wanted = rig.corpus.filter(({ buyer, title }) => buyer.includes('教育和体育局') && title.includes('采购'));
    expect(new Set(wanted.map(({ buyer }) => buyer)).size).toBeGreaterThan(1);
    expect((await search({ q: '教育和体育局 采购' })).plan?.conditions).toEqual([]);
    const ids = await walk({ q: '教育和体育局 采购' });
    for (const { id } of wanted) expect(ids).toContain(id);
  });

  test('a question keeps what it says before a 的', async () => {
    const page = await search({ q: '请问曲阜的老旧小区改造什么时候开标' });
    expect(page.plan?.words).toContain('曲阜');
    expect(page.items.length).toBeGreaterThan(0);
    for (const { county } of page.items) expect(county).toBe('qufu');
  });

  test('filters that nothing meets are words again', async () => {
    const title = '任城区标准化厂房在建工程监理';
    const page = await search({ q: `${title} 2019年` });
    expect(page.plan?.conditions ?? []).not.toContainEqual(expect.objectContaining({ kind: 'amount' }));
    expect((await search({ q: '微湖棹 兖州' })).plan?.conditions.every(({ kind }) => kind === 'county')).toBe(true);
  });

  test('what asks for nothing finds nothing and says why', async () => {
    for (const q of ['%', '***', '---', '？！']) {
      expect(await search({ q })).toMatchObject({ total: 0, items: [], nothingAsked: 'symbols' });
    }
    expect(await search({ q: '-监理' })).toMatchObject({ total: 0, nothingAsked: 'excluded' });
    expect((await search({ q: '' })).nothingAsked).toBeNull();
  });

  test('a compound that stands nowhere is cut, and said so', async () => {
    const page = await search({ q: '改造养护' });
    expect(count('改造养护')).toBe(0);
    expect(page.plan?.loose).toEqual({ whole: ['改造养护'], strict: 0, without: [], isCut: true });
    expect(page.total).toBe(count('改造', '养护'));
  });

  test('of very many words none is silently left out', async () => {
    const chars = [...(rig.corpus[5]?.title ?? '')].filter((char) => /\p{Script=Han}/u.test(char));
    const pieces = [...new Set(chars.slice(0, -1).map((char, index) => `"${char}${chars[index + 1]}"`))].slice(0, 13);
    const whole = await search({ q: pieces.join(' ') });
    expect(pieces.length).toBeGreaterThan(10);
    const more = await search({ q: `${pieces.join(' ')} "魑魅"` });
    expect(more.total === 0 || more.plan?.dropped.includes('魑魅'), `${whole.total} and ${more.total}`).toBe(true);
  });

  test('pinyin and same-sounding mistakes are corrected and said', async () => {
    for (const [q, to] of [
      ['dianti', '电梯'],
      ['无人鸡', '无人机'],
    ] as const) {
      const page = await search({ q });
      expect(page.plan?.corrected).toEqual({ from: q, to });
      expect(page.total).toBe(count(to));
    }
  });

  test('no hits: says which filter to drop and what that gives', async () => {
    const page = await search({ q: '呼吸机', category: 'mining' });
    expect(page.total).toBe(0);
    expect(page.help).toEqual([{ key: 'category', total: (await search({ q: '呼吸机' })).total }]);
  });

  test.each(['呼吸机', '年', '1', '改造 道路', '招标公告有哪些单位中标', '魑魅魍魉'])(
    'no hits for %s under several filters: each total is what one gets',
    async (q) => {
      const filter: NoticeFilter = { q, category: 'mining', county: 'qufu', from: '2020-02-01', to: '2020-11-30' };
      const page = await search(filter);
      expect(page.total).toBe(0);
      for (const key of ['category', 'county', 'from', 'to'] as const) {
        const { total } = await search({ ...filter, [key]: undefined });
        expect(page.help.find((help) => help.key === key)?.total ?? 0).toBe(total);
      }
    },
  );

  test('hostile values give the ids of no notice and no error', async () => {
    for (const buyer of ['x" OR county EXISTS', "x' OR 1=1 --", '\\" OR id EXISTS OR id = "']) {
      expect((await search({ q: '采购', buyer })).total).toBe(0);
    }
    for (const q of ['"', '"" OR *', 'NEAR(', '{title}:', '-', '*', '^工程', '工程" OR "a']) await search({ q });
  });

  test('a withdrawn notice is gone at once, total included', async () => {
    const id = rig.corpus.find(({ title }) => title.includes('殡仪馆'))?.id ?? '';
    const before = (await search({ q: '殡仪馆' })).total;
    const { $client: client } = rig.db;
    client.prepare("UPDATE notices SET withdrawn_at = '2026-01-01T00:00:00.000Z' WHERE id = ?").run(id);
    appendChange(rig.db, { subject: 'notice', id, version: 1, kind: 'remove' }, byTester());
    expect((await search({ q: '殡仪馆' })).total).toBe(before - 1);
    expect(await walk({ q: '殡仪馆' })).not.toContain(id);
    client.prepare('UPDATE notices SET withdrawn_at = NULL WHERE id = ?').run(id);
  });
});

test('both engines give the same sets', async () => {
  for (const q of ['改造', '邹城 监控', '山东鼎新', '教体局', '2020年度', '128排CT']) {
    const [a, b] = await Promise.all(
      [meiliBackend(rig.engine.client), ftsBackend(rig.db)].map((backend) =>
        searchWith(rig.db, backend, { q, limit: 200 }),
      ),
    );
    expect(a?.total, q).toBe(b?.total);
    expect(a?.facets).toEqual(b?.facets);
  }
});
