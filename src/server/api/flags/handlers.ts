import { flagFilterSchema } from '#src/domain/flags/filter.ts';
import { FLAG_CODES, flagDefinition, flagRule } from '#src/domain/flags/registry.ts';
import { webDb } from '../../db.ts';
import { parseExportFormat, refusePaging } from '../../exports/answer.ts';
import { listFlaggedLots, totalsByCode } from '../../flags/list.ts';
import { countOrganizationFlags } from '../../flags/subjects.ts';
import { parseParameters, refuseBlank } from '../../parameters.ts';
import { currentReader } from '../../reads/current.ts';
import { readWholeFile } from '../../reads/reader.ts';
import { getAsOf } from '../../sources/as-of.ts';
import { answer } from '../answer.ts';
import type { Handler } from '../endpoint.ts';
import { flagListSchema } from './schema.ts';

/** Indicators with their counts, and the lots that one of them points at. */
export const listFlags: Handler = ({ parameters }) => {
  refuseBlank(parameters);
  const filter = parseParameters(flagFilterSchema, parameters);
  const { code } = filter;
  const db = webDb();
  const lots = totalsByCode(db, filter);
  const organizations = countOrganizationFlags(db);
  const indicators = FLAG_CODES.filter((each) => code === undefined || each === code).map((each) => {
    const { title, kind, formula, inputs, threshold, source, ocp, quartiles, innocent } = flagDefinition(each);
    return {
      ...{ code: each, title, kind, formula, inputs, threshold, source, ocp: ocp ?? null, quartiles, innocent },
      lots: lots.get(each) ?? null,
      organizations: flagRule(each).organizations ? (organizations.get(each) ?? { flagged: 0, all: 0 }) : null,
    };
  });
  const page = code === undefined ? { items: [], next: null } : listFlaggedLots(db, { ...filter, code });
  return answer(flagListSchema, { indicators, ...page, asOf: getAsOf(db) });
};

/** All lots that indicators point at as a file. */
export const exportFlags: Handler<'format'> = ({ parts, parameters }) => {
  const format = parseExportFormat(parts.format);
  refusePaging(parameters);
  const filter = parseParameters(flagFilterSchema.omit({ limit: true, after: true }), parameters);
  return readWholeFile(currentReader(), { list: 'flags', format, filter, now: new Date().toISOString() });
};
