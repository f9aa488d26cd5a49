import type { Db } from '#db/client.ts';
import { startOfDay } from '#src/domain/time/time.ts';
import { insertParties, type PartyNotice } from '#src/publish/organizations/parties.ts';
import { insertNotices, type SeedNotice, toSeedNotice } from './seed-notices.ts';
import { byTester } from './writer.ts';

export interface SeedDeal {
  /** `YYYY-MM-DD`. */
  day: string;
  winner: string;
  /** The code that the notice gives beside the winner's name. */
  code?: string;
  stage?: 'awardNotice' | 'candidateNotice';
  /** The publicity period as the notice words it. */
  period?: string;
}

/** Stores a notice that names a winner, with its parties linked to organizations as ingest links them. Returns the notice's id. */
export function seedDeal(db: Db, number: number, deal: SeedDeal): string {
  const { day, winner, code, stage = 'awardNotice', period } = deal;
  const facts: SeedNotice['facts'] = period ? { publicityPeriod: { text: period } } : {};
  const notice: SeedNotice = {
    ...toSeedNotice(number),
    category: 'construction',
    stage,
    buyer: null,
    suppliers: [],
    publishedAt: startOfDay(day),
    facts,
  };
  insertNotices(db, [notice]);
  const named =
    stage === 'candidateNotice' ? { suppliers: [], tenderers: [winner] } : { suppliers: [winner], tenderers: [] };
  const content = { ...notice, ...named, agency: null, lotCode: null } as unknown as PartyNotice;
  insertParties(
    db,
    content,
    code ? `中标人：${winner}（统一社会信用代码：${code}）` : winner,
    byTester(notice.publishedAt),
  );
  return notice.id;
}
