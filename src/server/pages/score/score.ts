import type { County } from '#src/domain/counties/counties.ts';
import type { DutyTotals } from '#src/domain/disclosure-score/states.ts';
import { type ScoreFilter, scoreFilterSchema } from '#src/domain/flags/filter.ts';
import { webDb } from '../../db.ts';
import { parseParameters } from '../../parameters.ts';
import { type DutyView, listDutiesIn, scoreDay, scoreYear, totalsBy, totalsByParty } from '../../score/list.ts';
import type { Asked } from '../asked.ts';
import { yearsTo } from '../flags/flags.ts';

export interface ScorePage {
  filter: ScoreFilter;
  years: string[];
  counties: Map<string, DutyTotals>;
  months: Map<string, DutyTotals>;
  items: Map<string, DutyTotals>;
  buyers: { id: string; name: string; totals: DutyTotals }[];
  agencies: { id: string; name: string; totals: DutyTotals }[];
  /** As of which day; null before anything was derived. */
  day: string | null;
}

/** Disclosure duties by county, month, item, buyer and agency. @throws InputError */
export function loadScore({ url }: Asked): ScorePage {
  const db = webDb();
  const given = parseParameters(scoreFilterSchema.omit({ state: true, limit: true, after: true }), url.searchParams);
  const newest = scoreYear(db);
  const filter: ScoreFilter = { ...given, year: given.month ? undefined : (given.year ?? newest ?? undefined) };
  return {
    filter,
    years: yearsTo(newest),
    counties: totalsBy(db, 'county', { ...filter, county: undefined }),
    months: totalsBy(db, 'month', { ...filter, month: undefined, year: filter.year ?? filter.month?.slice(0, 4) }),
    items: totalsBy(db, 'item', filter),
    buyers: totalsByParty(db, 'buyer', filter, 20),
    agencies: totalsByParty(db, 'agency', filter, 20),
    day: scoreDay(db),
  };
}

export interface MissingPage {
  filter: ScoreFilter & { state: 'missing' | 'late' };
  years: string[];
  items: DutyView[];
  next: string | null;
  total: number;
  day: string | null;
}

/** What should be public and is not, or was late. @throws InputError */
export function loadMissing({ url }: Asked): MissingPage {
  const db = webDb();
  const given = parseParameters(scoreFilterSchema.omit({ limit: true }), url.searchParams);
  const filter = { ...given, state: given.state === 'late' ? ('late' as const) : ('missing' as const) };
  const totals = [...totalsBy(db, 'county', filter).values()];
  return {
    filter,
    years: yearsTo(scoreYear(db)),
    ...listDutiesIn(db, filter),
    total: totals.reduce((sum, each) => sum + (each[filter.state] ?? 0), 0),
    day: scoreDay(db),
  };
}

/** The counties of a map of totals. */
export const countiesOf = (totals: Map<string, DutyTotals>): County[] => [...totals.keys()] as County[];
