import type { County } from '#src/domain/counties/counties.ts';
import { DUTY_ITEMS } from '#src/domain/disclosure-score/items.ts';
import type { DutyTotals } from '#src/domain/disclosure-score/states.ts';
import { scoreFilterSchema } from '#src/domain/flags/filter.ts';
import { webDb } from '../../db.ts';
import { parseExportFormat, refusePaging } from '../../exports/answer.ts';
import { parseParameters, refuseBlank } from '../../parameters.ts';
import { currentReader } from '../../reads/current.ts';
import { readWholeFile } from '../../reads/reader.ts';
import { listDutiesIn, scoreDay, totalsBy } from '../../score/list.ts';
import { answer } from '../answer.ts';
import type { Handler } from '../endpoint.ts';
import { scoreSchema } from './schema.ts';

const whole = ({ onTime = 0, late = 0, missing = 0, due = 0, unchecked = 0, notApplicable = 0 }: DutyTotals) => ({
  ...{ onTime, late, missing, due, unchecked, notApplicable },
});

/** Disclosure duties: counts by county, month and item, and those in a state. */
export const getScore: Handler = ({ parameters }) => {
  refuseBlank(parameters);
  const { state, ...filter } = parseParameters(scoreFilterSchema, parameters);
  const db = webDb();
  const page = state === undefined ? { items: [], next: null } : listDutiesIn(db, { ...filter, state });
  return answer(scoreSchema, {
    counties: [...totalsBy(db, 'county', filter)].map(([county, totals]) => ({
      county: county as County,
      totals: whole(totals),
    })),
    months: [...totalsBy(db, 'month', filter)].map(([month, totals]) => ({ month, totals: whole(totals) })),
    items: [...totalsBy(db, 'item', filter)].map(([item, totals]) => ({
      item: Number(item),
      title: DUTY_ITEMS[Number(item)]?.title ?? '',
      totals: whole(totals),
    })),
    duties: page.items,
    next: page.next,
    day: scoreDay(db),
  });
};

/** Duties in a state as a file: those that are missing unless another is asked for. */
export const exportScore: Handler<'format'> = ({ parts, parameters }) => {
  const format = parseExportFormat(parts.format);
  refusePaging(parameters);
  const given = parseParameters(scoreFilterSchema.omit({ limit: true, after: true }), parameters);
  const filter = { ...given, state: given.state ?? ('missing' as const) };
  return readWholeFile(currentReader(), { list: 'duties', format, filter, now: new Date().toISOString() });
};
