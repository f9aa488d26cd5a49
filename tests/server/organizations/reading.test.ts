import type { Statement } from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Db, openReadOnly } from '#db/client.ts';
import type { AwardRow } from '#src/domain/organizations/views.ts';
import { getOrganization } from '#src/server/organizations/get.ts';
import { listOrganizations } from '#src/server/organizations/list.ts';
import { openTestDatabase, seedSources } from '#tests/support/seed-notices.ts';
import { buyerName, seedAwards, supplierName } from '#tests/support/seed-organizations.ts';

const NOTICES = 900;
const SUPPLIERS = 120;
let opened: ReturnType<typeof openTestDatabase>;
beforeAll(() => {
  opened = openTestDatabase();
  seedSources(opened.db);
  seedAwards(opened.db, NOTICES, SUPPLIERS);
});
afterAll(() => opened.close());

const idOf = (name: string) =>
  listOrganizations(opened.db, { q: name }).items.find((item) => item.name === name)?.id ?? '';

/** Every award row of an organization, page by page. */
function walkAwards(id: string, filter: { role?: 'buyer' | 'supplier'; partner?: string }): AwardRow[] {
  const rows: AwardRow[] = [];
  for (let cursor: string | undefined; ; ) {
    const { history } = getOrganization(opened.db, id, { ...filter, limit: 7, ...(cursor ? { cursor } : {}) });
    rows.push(...(history?.items ?? []));
    if (!history?.next) return rows;
    cursor = history.next;
  }
}

const sum = (rows: readonly { amountFen: number | null }[]) =>
  rows.reduce((total, row) => total + (row.amountFen ?? 0), 0);

describe('the list of organizations', () => {
  it('walks all of them once, those with the most notices first', () => {
    for (const filter of [
      {},
      { role: 'supplier' },
      { county: 'qufu' },
      { role: 'buyer', county: 'qufu' },
      { q: '济宁' },
    ] as const) {
      const seen: { id: string; notices: number }[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = listOrganizations(opened.db, { ...filter, limit: 9, ...(cursor ? { cursor } : {}) });
        seen.push(...page.items);
        if (!page.next) {
          expect(seen.length).toBe(page.total);
          break;
        }
        cursor = page.next;
      }
      expect(seen.length).toBeGreaterThan(0);
      expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    }
    expect(listOrganizations(opened.db, {}).total).toBe(SUPPLIERS + 17);
    expect(listOrganizations(opened.db, { role: 'buyer' }).total).toBe(17);
  });

  it('finds a piece of a name, however it is printed, and initials', () => {
    const name = supplierName(5);
    for (const q of [name, name.slice(2, 6), ` ${name.slice(0, 4)} ${name.slice(4)}`, '峄桐砚', 'ytyj']) {
      expect([q, listOrganizations(opened.db, { q, limit: 100 }).items.map((item) => item.name)]).toEqual([
        q,
        expect.arrayContaining([name]),
      ]);
    }
    expect(listOrganizations(opened.db, { q: '泗滨岚' }).total).toBe(12);
    expect(listOrganizations(opened.db, { q: '没有的名字' })).toMatchObject({ items: [], total: 0, next: null });
    expect(listOrganizations(opened.db, { q: '"*' }).total).toBe(0);
    expect(() => listOrganizations(opened.db, { cursor: 'x' })).toThrow('翻页标记无效');
  });
});

describe('an organization', () => {
  it('has totals that equal its rows, in each role', () => {
    for (const [name, role] of [
      [supplierName(3), 'supplier'],
      [buyerName(4), 'buyer'],
    ] as const) {
      const id = idOf(name);
      const { history } = getOrganization(opened.db, id, { role });
      const rows = walkAwards(id, { role });
      expect(rows.length).toBeGreaterThan(5);
      expect(history?.totals).toEqual({
        awards: rows.length,
        totalFen: sum(rows),
        leftOut: rows.filter(({ amountFen }) => amountFen === null).length,
      });
      for (const county of history?.counties ?? []) {
        const own = rows.filter((row) => row.county === county.county);
        expect([own.length, sum(own)]).toEqual([county.awards, county.totalFen]);
      }
      expect(history?.counties.length).toBeGreaterThan(1);
    }
  });

  it('leaves amounts out that several share', () => {
    const shared = walkAwards(idOf(supplierName(3)), { role: 'supplier' }).filter(({ lots }) =>
      lots.some(({ suppliers }) => suppliers.length > 1),
    );
    expect(shared.length).toBeGreaterThan(0);
    expect(shared.map(({ amountFen }) => amountFen)).toEqual(shared.map(() => null));
  });

  it('has partners whose numbers equal the awards with them, seen from both sides', () => {
    const supplier = idOf(supplierName(3));
    const { history } = getOrganization(opened.db, supplier);
    expect(history?.role).toBe('supplier');
    expect(history?.partners.length).toBeGreaterThan(1);
    for (const partner of history?.partners ?? []) {
      const rows = walkAwards(supplier, { role: 'supplier', partner: partner.id });
      expect([rows.length, sum(rows)]).toEqual([partner.awards, partner.totalFen]);
      expect(walkAwards(partner.id, { role: 'buyer', partner: supplier }).map(({ noticeId }) => noticeId)).toEqual(
        rows.map(({ noticeId }) => noticeId),
      );
    }
  });

  it('is not found under an unknown id', () => {
    expect(() => getOrganization(opened.db, 'aaaaaaaaaaaa')).toThrow('没有找到这个单位');
  });
});

/** Plan lines of every statement that the work prepares. */
function listPlans(work: (db: Db) => void): string[] {
  const db = openReadOnly(opened.path);
  const prepare = db.$client.prepare.bind(db.$client);
  const texts = new Set<string>();
  db.$client.prepare = ((sql: string) => {
    texts.add(sql);
    return prepare(sql);
  }) as typeof db.$client.prepare;
  work(db);
  const plans = [...texts].flatMap((sql) => {
    const statement = prepare(`EXPLAIN QUERY PLAN ${sql}`) as Statement<unknown[], { detail: string }>;
    return statement.all(...Array.from({ length: sql.split('?').length - 1 }, () => null)).map(({ detail }) => detail);
  });
  db.$client.close();
  return plans;
}

describe('query plans of organizations', () => {
  const SCAN =
    /^SCAN (?:notices|n|p|a|x|o|organizations|notice_parties|organization_\w+)\b(?! (?:USING (?:COVERING )?INDEX|VIRTUAL TABLE))/;
  it('never scan a table, and plain lists are not sorted', () => {
    const plain = listPlans((db) => {
      for (const filter of [{}, { role: 'buyer' }, { county: 'qufu' }, { role: 'supplier', county: 'qufu' }] as const) {
        const { next } = listOrganizations(db, { ...filter, limit: 1 });
        if (next) listOrganizations(db, { ...filter, limit: 1, cursor: next });
      }
    });
    expect(plain.some((line) => line.includes('organization_activity_order'))).toBe(true);
    expect(plain.filter((line) => SCAN.test(line))).toEqual([]);
    expect(plain.filter((line) => line.includes('TEMP B-TREE') && !line.includes('RIGHT PART'))).toEqual([]);
    const searched = listPlans((db) => {
      for (const q of ['济宁', 'ytyj', '9137', '没有的名字']) listOrganizations(db, { q, role: 'supplier' });
      const [first] = listOrganizations(db, { role: 'supplier' }).items;
      const { history } = getOrganization(db, first?.id ?? '', { role: 'supplier', limit: 1 });
      const [partner] = history?.partners ?? [];
      getOrganization(db, first?.id ?? '', { role: 'supplier', ...(partner ? { partner: partner.id } : {}) });
    });
    expect(searched.some((line) => line.includes('notice_parties_lots'))).toBe(true);
    expect(searched.filter((line) => SCAN.test(line))).toEqual([]);
  });
});
