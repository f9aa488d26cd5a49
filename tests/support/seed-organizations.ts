import { eq, isNotNull } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { noticeParties, notices as rows } from '#db/schema/index.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { noticeId } from '#src/domain/identifiers/ids.ts';
import { insertParties, type PartyNotice } from '#src/publish/organizations/parties.ts';
import { insertNotices, SEED_NOW, type SeedNotice } from './seed-notices.ts';
import { byTester } from './writer.ts';

const WORDS = '岱岳川 泗滨岚 凫岭禾 微湖棹 古运笙 峄桐砚 洸澜庭 汶野霁 鲁桥岸 南阳舫'.split(' ');
const TRADES = '建设工程 信息科技 医疗器械 园林绿化 物业服务 环境工程 勘测设计'.split(' ');

/** The supplier with a number; no two are alike. */
export function supplierName(number: number): string {
  const word = WORDS[number % WORDS.length] ?? '';
  const trade = TRADES[Math.floor(number / WORDS.length) % TRADES.length] ?? '';
  return `济宁${word}${'甲乙丙丁戊己庚辛壬癸'.charAt(Math.floor(number / 70) % 10)}${Math.floor(number / 700) || ''}${trade}有限公司`;
}

export const buyerName = (number: number): string => `济宁市第${number}实验学校`;

/** An award notice: its supplier by number, or two who share it. Every third has no certain amount. */
function toAward(number: number, suppliers: number): SeedNotice {
  const winner = number % suppliers;
  return {
    id: noticeId('site-qufu', `award-${number}`),
    sourceKey: 'site-qufu',
    sourceItemId: `award-${number}`,
    category: 'procurement',
    stage: number % 5 === 0 ? 'tenderNotice' : 'awardNotice',
    title: `第 ${number} 号采购项目结果`,
    county: COUNTY_SLUGS[number % COUNTY_SLUGS.length] ?? 'jining',
    project: `p${String(number)
      .padStart(11, 'a')
      .replace(/[0189]/g, 'b')}`,
    buyer: buyerName(number % 17),
    suppliers:
      number % 5 === 0
        ? []
        : number % 7 === 0
          ? [supplierName(winner), supplierName((winner + 1) % suppliers)]
          : [supplierName(winner)],
    amountFen: number % 3 === 0 ? null : 1_000_000 + number * 101,
    deadlineAt: null,
    deadlinePrecision: null,
    openingAt: null,
    publishedAt: new Date(Date.parse(SEED_NOW) - number * 3_600_000).toISOString(),
    facts: {},
  };
}

/** Inserts award notices with numbers 0 to `count` − 1, won by so many suppliers in turn, each party linked as ingest does. */
export function seedAwards(db: Db, count: number, suppliers: number): SeedNotice[] {
  const notices = Array.from({ length: count }, (_, number) => toAward(number, suppliers));
  insertNotices(db, notices);
  db.update(rows).set({ amountKind: 'award' }).where(isNotNull(rows.amountKind)).run();
  db.$client
    .transaction(() => {
      for (const notice of notices) {
        db.delete(noticeParties).where(eq(noticeParties.noticeId, notice.id)).run();
        const { amountFen } = notice;
        const content = {
          ...notice,
          tenderers: [],
          lotCode: null,
          agency: null,
          amountKind: amountFen === null ? null : 'award',
        };
        insertParties(db, content as unknown as PartyNotice, '', byTester(SEED_NOW));
      }
    })
    .immediate();
  return notices;
}
