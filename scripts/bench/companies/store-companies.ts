import { type Db, openDatabase } from '#db/client.ts';
import { commandActor } from '#src/domain/actors.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { noticeId, projectId } from '#src/domain/identifiers/ids.ts';
import { nameKey } from '#src/domain/organizations/name-key.ts';
import { createOrganization } from '#src/publish/organizations/records.ts';
import { makeOrganizations } from '../match/store-organizations.ts';

/** Companies that won something, the same number among ten thousand and among a hundred thousand. */
const WINNERS = 2_000;
const AWARDS_EACH = 10;
const BUYERS = 100;

export interface Winner {
  id: string;
  name: string;
}

/** Stores so many organizations, with awards of the first ones. Returns those. */
export function storeCompanies(path: string, count: number): Winner[] {
  const db = openDatabase(path);
  const context = { actor: commandActor('bench', 'companies'), now: new Date().toISOString() };
  db.$client.exec(
    `INSERT INTO sources (key, name, county, adapter, settings, schedule) VALUES ('bench', '评测', 'jining', 'none', '{}', '0 0 1 1 *')`,
  );
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
  const notice = db.$client.prepare(
    `INSERT INTO notices (id, source_key, source_item_id, version, title, category, stage, county, published_by, project_id,
       buyer, suppliers, amount_fen, amount_kind, published_at, published_precision, twin_key, fingerprint, first_seen_at, updated_at, last_seen_at)
     VALUES (@id, 'bench', @id, 1, @title, 'procurement', 'awardNotice', @county, @county, @project, @buyer, @suppliers, @fen,
       'award', @at, 'second', @id, @id, @at, @at, @at)`,
  );
  const party = db.$client.prepare(
    `INSERT INTO notice_parties (notice_id, role, name, published_at, county, name_key, organization_id, matched_by, is_award, award_fen)
     VALUES (@id, @role, @name, @at, @county, @key, @organization, 'name', 1, @fen)`,
  );
  for (let number = 0; number < winners.length * AWARDS_EACH; number++) {
    const winner = winners[number % winners.length] as Winner;
    const buyer = buyers[(number * 7) % buyers.length] as Winner;
    const row = {
      id: noticeId('bench', String(number)),
      county: COUNTY_SLUGS[number % COUNTY_SLUGS.length],
      fen: 1_000_000 + number,
      at: new Date(Date.parse('2026-06-01T00:00:00Z') - number * 60_000).toISOString(),
    };
    const project = projectId(`bench ${number}`);
    notice.run({
      ...row,
      project,
      title: `第${number}号项目结果公告`,
      buyer: buyer.name,
      suppliers: JSON.stringify([winner.name]),
    });
    for (const [role, { id: organization, name }] of [
      ['supplier', winner],
      ['buyer', buyer],
    ] as const) {
      party.run({ ...row, role, name, key: nameKey(name), organization });
    }
  }
}
