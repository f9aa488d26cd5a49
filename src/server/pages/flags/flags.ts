import type { County } from '#src/domain/counties/counties.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import { type FlagFilter, flagFilterSchema } from '#src/domain/flags/filter.ts';
import { FLAG_CODES, type FlagCode, flagRule } from '#src/domain/flags/registry.ts';
import type { FlaggedLotView, FlagTotals, OrganizationFlagView } from '#src/domain/flags/views.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { webDb } from '../../db.ts';
import { listFlaggedLots, newestYear, totalsByCode, totalsByCounty } from '../../flags/list.ts';
import { countOrganizationFlags, listOrganizationFlags } from '../../flags/subjects.ts';
import { parseParameters } from '../../parameters.ts';
import { getAsOf } from '../../sources/as-of.ts';
import type { Asked } from '../asked.ts';

/** Years that may be asked for, the newest first. */
export const yearsTo = (newest: string | null): string[] =>
  newest === null ? [] : Array.from({ length: 8 }, (_, back) => String(Number(newest) - back));

export interface FlagsPage {
  filter: FlagFilter;
  years: string[];
  /** An indicator of lots has totals of lots, one of organizations totals of these. */
  rows: { code: FlagCode; lots: FlagTotals | null; organizations: { flagged: number; all: number } | null }[];
  asOf: Instant;
}

/** All indicators with how often each could be computed. @throws InputError */
export function loadFlags({ url }: Asked): FlagsPage {
  const db = webDb();
  const given = parseParameters(flagFilterSchema.omit({ code: true, limit: true, after: true }), url.searchParams);
  const newest = newestYear(db);
  const filter: FlagFilter = { ...given, year: given.year ?? newest ?? undefined };
  const lots = totalsByCode(db, filter);
  const organizations = countOrganizationFlags(db);
  const rows = FLAG_CODES.map((code) => ({
    code,
    lots: lots.get(code) ?? null,
    organizations: flagRule(code).organizations ? (organizations.get(code) ?? { flagged: 0, all: 0 }) : null,
  }));
  return { filter, years: yearsTo(newest), rows, asOf: getAsOf(db) };
}

export interface FlagPage {
  code: FlagCode;
  filter: FlagFilter;
  years: string[];
  totals: FlagTotals | null;
  counties: Map<County, FlagTotals>;
  items: FlaggedLotView[];
  next: string | null;
  organizations: OrganizationFlagView[];
  /** Of organizations whose names the public does not read. */
  grouped: { flagged: number; all: number } | null;
  asOf: Instant;
}

/** One indicator: by county, and the lots that it points at. @throws NotFoundError, InputError */
export function loadFlag({ params, url }: Asked): FlagPage {
  const code = FLAG_CODES.find((each) => each === params.code);
  if (!code) throw new NotFoundError('没有这个指标');
  const db = webDb();
  const given = parseParameters(flagFilterSchema.omit({ code: true, limit: true }), url.searchParams);
  const newest = newestYear(db);
  const filter = { ...given, code, year: given.year ?? newest ?? undefined };
  const { items, next } = listFlaggedLots(db, filter);
  const isOfOrganizations = flagRule(code).organizations !== undefined;
  return {
    ...{ code, filter, years: yearsTo(newest), items, next },
    totals: totalsByCode(db, filter).get(code) ?? null,
    counties: totalsByCounty(db, filter),
    organizations: isOfOrganizations ? listOrganizationFlags(db, { code, state: 'flagged' }) : [],
    grouped: isOfOrganizations ? (countOrganizationFlags(db).get(code) ?? { flagged: 0, all: 0 }) : null,
    asOf: getAsOf(db),
  };
}
