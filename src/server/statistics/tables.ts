import type { Db } from '#db/client.ts';
import { CATEGORIES } from '#src/domain/categories.ts';
import { COUNTIES } from '#src/domain/counties/counties.ts';
import { absoluteUrl, projectUrl } from '#src/domain/site/urls.ts';
import { EXCLUSION_KEYS, EXCLUSIONS, type Exclusion } from '#src/domain/statistics/exclusions.ts';
import { formatFigure } from '#src/domain/statistics/figure.ts';
import { BREAKDOWNS, type RowFilter } from '#src/domain/statistics/filter.ts';
import { COUNTED, NO_PART } from '#src/domain/statistics/observe.ts';
import { MEASURES, type MeasureId } from '#src/domain/statistics/registry.ts';
import { type Column, countColumn, type Table, textColumn } from '../exports/table.ts';
import type { FigureRow, MeasureView } from './read.ts';
import { listObserved, type ObservedRow } from './rows.ts';

interface NamedFigure extends FigureRow {
  by: string;
}

/** Every figure of a measure's page as a row. */
export function listFigures({ whole, breakdowns }: MeasureView): NamedFigure[] {
  return [
    { ...whole, by: '整体' },
    ...breakdowns.flatMap(({ by, rows }) => rows.map((row) => ({ ...row, by: BREAKDOWNS[by] }))),
  ];
}

/** A column of whole numbers that are not always there. */
const numberColumn = <Item>(header: string, read: (item: Item) => number | null): Column<Item> => ({
  header,
  kind: 'count',
  width: 24,
  cell: (item) => {
    const count = read(item);
    return count === null ? null : { kind: 'count', count };
  },
});

/** The columns of figures. `site` is the configured address. */
export function figureTable(measure: MeasureId, site: string): Table<NamedFigure> {
  const definition = MEASURES[measure];
  return {
    name: definition.title,
    columns: [
      textColumn('分项', 12, ({ by }) => by),
      textColumn('名称', 30, ({ label }) => label),
      textColumn(definition.title, 18, ({ figure }) => formatFigure(definition, figure)),
      numberColumn(`分子：${definition.numerator}`, ({ figure }) => (figure.isHidden ? null : figure.numerator)),
      numberColumn(`分母：${definition.denominator}`, ({ figure }) => (figure.isHidden ? null : figure.denominator)),
      countColumn('计入', ({ figure }) => figure.n),
      countColumn('应计入', ({ figure }) => figure.about),
      textColumn('没有计入', 40, ({ figure }) =>
        figure.omitted.map(({ because, n }) => `${EXCLUSIONS[because]} ${n}`).join('；'),
      ),
      textColumn('明细', 50, ({ rowsUrl }) => rowsUrl && absoluteUrl(site, rowsUrl)),
    ],
  };
}

/** The columns of the lots that a measure is about. `site` is the configured address. */
export function observedTable(measure: MeasureId, site: string): Table<ObservedRow> {
  const definition = MEASURES[measure];
  const isCounted = ({ status }: ObservedRow) => status === COUNTED;
  return {
    name: `${definition.title}明细`,
    columns: [
      textColumn('项目', 50, ({ title }) => title),
      textColumn('标段（包、宗地、标的）', 14, ({ lot }) => lot),
      textColumn('月份', 10, ({ month }) => month),
      textColumn('县（市、区）', 12, ({ county }) => COUNTIES[county].label),
      textColumn('交易类别', 12, ({ category }) => CATEGORIES[category].label),
      textColumn(definition.parts?.label ?? '细分', 24, ({ part }) =>
        part === NO_PART ? null : (definition.parts?.labels[part] ?? part),
      ),
      textColumn('是否计入', 10, (row) => (isCounted(row) ? '是' : '否')),
      textColumn('不计入的原因', 30, (row) => (isCounted(row) ? null : EXCLUSIONS[row.status as Exclusion])),
      numberColumn(`分子：${definition.numerator}`, (row) => (isCounted(row) ? row.numerator : null)),
      numberColumn(`分母：${definition.denominator}`, (row) => (isCounted(row) ? row.denominator : null)),
      textColumn('项目网址', 40, ({ projectId }) => absoluteUrl(site, projectUrl(projectId))),
    ],
  };
}

const BATCH = 200;

/** All lots that a measure is about under a filter, those that count first, in batches. */
export async function* walkObserved(
  db: Db,
  measure: MeasureId,
  filter: RowFilter & { year: number },
): AsyncGenerator<ObservedRow[]> {
  for (const status of [COUNTED, ...EXCLUSION_KEYS] as const) {
    for (let cursor: string | undefined; ; ) {
      const page = listObserved(db, measure, { ...filter, status, cursor, limit: BATCH });
      if (page.rows.length > 0) yield page.rows;
      if (!page.next) break;
      cursor = page.next;
    }
  }
}
