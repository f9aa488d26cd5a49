import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
  const count = (part: string) => rig.corpus.filter(({ title }) => title.includes(part)).length;

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
      const ids = await walk({ q: '工程 邹城', sort });
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
      rig.corpus.filter((notice) => notice.buyer === buyer && notice.title.includes('公告')).length,
    );
  });

  test('quotes, exclusion, nothing found', async () => {
    expect((await search({ q: '"改造工程"' })).total).toBe(count('改造工程'));
    const without = await search({ q: '改造 -道路', limit: 200 });
    expect(without.items.every(({ title }) => !title.includes('道路'))).toBe(true);
    expect((await search({ q: '魑魅魍魉' })).total).toBe(0);
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
