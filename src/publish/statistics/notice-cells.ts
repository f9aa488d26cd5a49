import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineStatement } from '#db/query.ts';
import { notices, statisticCells } from '#db/schema/index.ts';
import { COUNTED } from '#src/domain/statistics/observe.ts';
import { fromShanghai, type Instant } from '#src/domain/time/time.ts';

const c = statisticCells;

/** The cell of a month, category, county and stage, which notices themselves are counted for. */
interface NoticeKey {
  month: string;
  category: string;
  county: string;
  part: string;
}

const CLEAR = defineStatement(
  (p: Params<{ period: string; category: string; county: string; part: string }>) => sql`DELETE FROM ${c}
    WHERE measure = 'noticeCount' AND period = ${p.period} AND category = ${p.category} AND county = ${p.county} AND part = ${p.part}`,
);
const COUNT = defineStatement(
  (p: Params<NoticeKey & { from: Instant; until: Instant }>) => sql`INSERT INTO ${c}
    SELECT 'noticeCount', ${p.month}, ${p.category}, ${p.county}, ${p.part}, '${sql.raw(COUNTED)}', count(*), count(*), count(*), NULL, NULL, NULL
    FROM ${notices} WHERE is_public = 1 AND category = ${p.category} AND stage = ${p.part}
      AND published_at >= ${p.from} AND published_at < ${p.until} AND county = ${p.county} HAVING count(*) > 0`,
);
/** Sums of the months' own cells: whatever is '' takes all. */
const SUM = defineStatement(
  (
    p: Params<{ period: string; from: string; until: string; category: string; county: string; part: string }>,
  ) => sql`INSERT INTO ${c}
    SELECT 'noticeCount', ${p.period}, ${p.category}, ${p.county}, ${p.part}, '${sql.raw(COUNTED)}', sum(n), sum(numerator), sum(denominator), NULL, NULL, NULL
    FROM ${c} WHERE measure = 'noticeCount' AND period BETWEEN ${p.from} AND ${p.until} AND length(period) = 7
      AND category <> '' AND county <> '' AND part <> ''
      AND (${p.category} = '' OR category = ${p.category}) AND (${p.county} = '' OR county = ${p.county})
      AND (${p.part} = '' OR part = ${p.part}) HAVING count(*) > 0`,
);

/** Counts notices anew for months, categories, counties and stages, and then all that holds them. The caller holds the transaction. */
export function countNotices(db: Db, keys: readonly NoticeKey[]): void {
  const above = new Map<string, { period: string; category: string; county: string; part: string }>();
  for (const key of keys) {
    const { month, category, county, part } = key;
    CLEAR.run(db, { period: month, category, county, part });
    COUNT.run(db, { ...key, ...boundsOf(month) });
    for (const cell of sumsOver(key)) above.set(JSON.stringify(cell), cell);
  }
  for (const cell of above.values()) {
    CLEAR.run(db, cell);
    const isYear = cell.period.length === 4;
    SUM.run(db, {
      ...cell,
      from: isYear ? `${cell.period}-01` : cell.period,
      until: isYear ? `${cell.period}-12` : cell.period,
    });
  }
}

function sumsOver({ month, category, county, part }: NoticeKey) {
  return [month, month.slice(0, 4)].flatMap((period) =>
    [category, ''].flatMap((category) =>
      [county, ''].flatMap((county) =>
        [part, '']
          .map((part) => ({ period, category, county, part }))
          .filter((cell) => cell.period !== month || !cell.category || !cell.county || !cell.part),
      ),
    ),
  );
}

/** First instants of a month in Shanghai, and of the next. */
function boundsOf(month: string): { from: Instant; until: Instant } {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return {
    from: fromShanghai(year, number, 1),
    until: number === 12 ? fromShanghai(year + 1, 1, 1) : fromShanghai(year, number + 1, 1),
  };
}
