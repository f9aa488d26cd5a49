import { COUNTY_SLUGS, type County } from '#src/domain/counties/counties.ts';
import { InputError } from '#src/domain/errors.ts';
import { type CaseFigures, toFigures, toLedgerSentence } from '#src/domain/participation/figures.ts';
import { SUBMISSION_KIND_KEYS, type SubmissionKind } from '#src/domain/participation/kinds.ts';
import { formatDate } from '#src/domain/time/time.ts';
import { listCountedCases, listLedger } from '#src/publish/participation/figures.ts';
import { getWorkingCalendar } from '../../calendar.ts';
import { webDb } from '../../db.ts';
import type { Asked } from '../asked.ts';

export interface FiguresPage {
  year: number;
  /** Years that may be asked for. */
  years: number[];
  asOf: string;
  all: CaseFigures;
  byKind: [kind: SubmissionKind, figures: CaseFigures][];
  byCounty: [county: County, figures: CaseFigures][];
  /** What was transferred, in a sentence; '' for nothing. */
  sentence: string;
}

const FIRST_YEAR = 2020;

/** Public figures of a year, the present one unless it is said. @throws InputError */
export function loadFigures({ url }: Asked): FiguresPage {
  const today = formatDate(new Date().toISOString());
  const present = Number(today.slice(0, 4));
  const years = Array.from({ length: present - FIRST_YEAR + 1 }, (_, index) => present - index);
  const year = Number(url.searchParams.get('year') ?? present);
  if (!years.includes(year)) throw new InputError([{ name: 'year', message: `只有 ${FIRST_YEAR} 年以来的数字` }]);
  const period = { from: `${year}-01-01`, to: `${year}-12-31` };
  const cases = listCountedCases(webDb(), period, getWorkingCalendar(), today);
  const group = <Key extends string>(keys: readonly Key[], keyOf: (each: (typeof cases)[number]) => Key) => {
    const groups = Map.groupBy(cases, keyOf);
    return keys.flatMap((key): [Key, CaseFigures][] => {
      const own = groups.get(key);
      return own ? [[key, toFigures(own)]] : [];
    });
  };
  return {
    ...{ year, years, asOf: today, all: toFigures(cases) },
    byKind: group(SUBMISSION_KIND_KEYS, ({ kind }) => kind),
    byCounty: group(COUNTY_SLUGS, ({ county }) => county),
    sentence: toLedgerSentence(listLedger(webDb(), period)),
  };
}
