import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { execute } from '#db/query.ts';
import { notices, statisticCells, statisticDirty, statisticObservations } from '#db/schema/index.ts';
import { spreadScale } from '#src/domain/statistics/figure.ts';
import { COUNTED } from '#src/domain/statistics/observe.ts';
import { isMeasure, MEASURES, type MeasureId } from '#src/domain/statistics/registry.ts';

/** What a measure's quartiles are computed of: the value of one lot. */
const VALUE = `CAST(numerator AS REAL) / denominator`;
const quartiles = (scale: number) =>
  [25, 50, 75]
    .map((percent) => `percentile(${VALUE}, ${percent}) FILTER (WHERE status = '${COUNTED}')`)
    .map((quartile) => `CAST(round(${quartile} * ${scale}) AS INTEGER)`)
    .join(', ');
const NO_SPREAD = 'NULL, NULL, NULL';

/** Sums and quartiles of a group of observations, as the last columns of a cell. */
export function figures(measure: string): SQL {
  const spread =
    isMeasure(measure) && MEASURES[measure].hasSpread ? quartiles(spreadScale(MEASURES[measure])) : NO_SPREAD;
  return sql.raw(`count(*), sum(numerator), sum(denominator), ${spread}`);
}

/** Makes all cells of a measure anew in one transaction, each kind of key in one pass over what is observed. */
export function rebuildCells(db: Db, measure: MeasureId): void {
  db.$client
    .transaction(() => {
      execute(db, sql`DELETE FROM ${statisticCells} WHERE measure = ${measure}`);
      for (const keys of keysOf(measure)) execute(db, sql`INSERT INTO ${statisticCells} ${selectCells(measure, keys)}`);
      execute(db, sql`DELETE FROM ${statisticDirty} WHERE measure = ${measure}`);
    })
    .immediate();
}

/** What every cell of a measure should be, by the columns of the table. */
export const selectAllCells = (measure: MeasureId) =>
  sql.join(
    keysOf(measure).map((keys) => selectCells(measure, keys)),
    sql` UNION ALL `,
  );

/** Expressions of a kind of key. */
interface Keys {
  period: string;
  category: string;
  county: string;
  part: string;
}

function keysOf(measure: MeasureId): Keys[] {
  const parts = MEASURES[measure].parts ? ['part', `''`] : [`''`];
  return ['month', 'substr(month, 1, 4)'].flatMap((period) =>
    ['category', `''`].flatMap((category) =>
      ['county', `''`].flatMap((county) => parts.map((part) => ({ period, category, county, part }))),
    ),
  );
}

function selectCells(measure: MeasureId, { period, category, county, part }: Keys) {
  const from =
    measure === 'noticeCount'
      ? sql`(SELECT strftime('%Y-%m', published_at, '+8 hours') AS month, category, county, stage AS part,
          '${sql.raw(COUNTED)}' AS status, 1 AS numerator, 1 AS denominator FROM ${notices} WHERE is_public = 1)`
      : sql`${statisticObservations} WHERE measure = ${measure}`;
  const key = sql.raw(`${period} AS period, ${category} AS category, ${county} AS county, ${part} AS part`);
  return sql`SELECT ${measure}, ${key}, status, ${figures(measure)}
    FROM ${from} GROUP BY ${sql.raw(
      [period, category, county, part]
        .filter((key) => key !== `''`)
        .concat('status')
        .join(', '),
    )}`;
}
