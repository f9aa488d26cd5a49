import { getTableColumns } from 'drizzle-orm';
import { type Db, openDatabase } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { noticeParties, notices, sources } from '#db/schema/index.ts';
import { paramsOf } from '#db/sql-pieces.ts';
import { commandActor } from '#src/domain/actors.ts';
import { COUNTY_SLUGS, type County } from '#src/domain/counties/counties.ts';
import { noticeId, projectId } from '#src/domain/identifiers/ids.ts';
import { nameKey } from '#src/domain/organizations/name-key.ts';
import { createOrganization } from '#src/publish/organizations/records.ts';
import { makeOrganizations } from '../match/store-organizations.ts';

/** Companies that won something, the same number among ten thousand and among a hundred thousand. */
const WINNERS = 2_000;
const AWARDS_EACH = 10;
const BUYERS = 100;

interface BenchNotice {
  id: string;
  county: County;
  awardFen: number;
  at: string;
  project: string;
  title: string;
  buyer: string;
  suppliers: string[];
}
const ADD_NOTICE = defineQuery((db, p: Params<BenchNotice>) =>
  db.insert(notices).values({
    ...{ id: p.id, sourceKey: 'bench', sourceItemId: p.id, version: 1, title: p.title, projectId: p.project },
    ...{ category: 'procurement', stage: 'awardNotice', county: p.county, publishedBy: p.county },
    ...{ buyer: p.buyer, suppliers: p.suppliers, amountFen: p.awardFen, amountKind: 'award' },
    ...{ publishedAt: p.at, publishedPrecision: 'second', deduplicationKey: p.id, fingerprint: p.id },
    ...{ firstSeenAt: p.at, updatedAt: p.at, lastSeenAt: p.at },
  }),
);
const { uscc, matchedBy, lots, pricedLots, ...PARTY } = getTableColumns(noticeParties);
const ADD_PARTY = defineQuery((db, p: Params<RowOf<typeof PARTY>>) =>
  db.insert(noticeParties).values({ ...paramsOf(PARTY, p), matchedBy: 'name', lots: 1, pricedLots: 1 }),
);

export interface Winner {
  id: string;
  name: string;
}

/** Stores so many organizations, with awards of the first ones. Returns those. */
export function storeCompanies(path: string, count: number): Winner[] {
  const db = openDatabase(path);
  const context = { actor: commandActor('bench', 'companies'), now: new Date().toISOString() };
  db.insert(sources)
    .values({ key: 'bench', name: '评测', county: 'jining', adapter: 'none', settings: {}, schedule: '0 0 1 1 *' })
    .run();
  const store = () => {
    const codes = new Set<string>();
    const companies = makeOrganizations(count).flatMap(({ name, code }) => {
      if (codes.has(code)) return [];
      codes.add(code);
      return [createOrganization(db, { name, key: nameKey(name), uscc: code }, 'library', context)];
    });
    const buyers = Array.from({ length: BUYERS }, (_, number) => {
      const name = `济宁市第${number + 1}评测中心`;
      return createOrganization(db, { name, key: nameKey(name), uscc: null }, 'notice', context);
    });
    const winners = companies.slice(0, WINNERS);
    storeAwards(db, winners, buyers);
    return winners.map(({ id, name }) => ({ id, name }));
  };
  const winners = db.$client.transaction(store).immediate();
  db.$client.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.$client.close();
  return winners;
}

function storeAwards(db: Db, winners: readonly Winner[], buyers: readonly Winner[]): void {
  for (let number = 0; number < winners.length * AWARDS_EACH; number++) {
    const winner = winners[number % winners.length] as Winner;
    const buyer = buyers[(number * 7) % buyers.length] as Winner;
    const id = noticeId('bench', String(number));
    const county = COUNTY_SLUGS[number % COUNTY_SLUGS.length] ?? 'jining';
    const awardFen = 1_000_000 + number;
    const at = new Date(Date.parse('2026-06-01T00:00:00Z') - number * 60_000).toISOString();
    ADD_NOTICE.run(db, {
      ...{ id, county, awardFen, at, project: projectId(`bench ${number}`), title: `第${number}号项目结果公告` },
      ...{ buyer: buyer.name, suppliers: [winner.name] },
    });
    for (const [role, { id: organizationId, name }] of [
      ['supplier', winner],
      ['buyer', buyer],
    ] as const) {
      const party = { role, name, nameKey: nameKey(name), organizationId };
      ADD_PARTY.run(db, { ...party, noticeId: id, publishedAt: at, county, lotsFen: awardFen });
    }
  }
}
