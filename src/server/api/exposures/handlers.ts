import { webDb } from '../../db.ts';
import { parseExportFormat, refusePaging } from '../../exports/answer.ts';
import { getExposure as readExposure } from '../../exposures/get.ts';
import { listExposures as readExposures } from '../../exposures/list.ts';
import { matchExposures as findMatches, parseMatchQuery } from '../../exposures/match.ts';
import { parseExposureFilter } from '../../exposures/parse-filter.ts';
import { refuseBlank, refuseParameters } from '../../parameters.ts';
import { currentReader } from '../../reads/current.ts';
import { readWholeFile } from '../../reads/reader.ts';
import { answer } from '../answer.ts';
import type { Handler } from '../endpoint.ts';
import { exposurePageSchema, exposureSchema, matchSchema } from './schema.ts';

/** Entries of the exposure board and the blacklist that are in force now. */
export const listExposures: Handler = ({ parameters }) => {
  refuseBlank(parameters);
  return answer(exposurePageSchema, readExposures(webDb(), parseExposureFilter(parameters)));
};

/** One entry in force. */
export const getExposure: Handler<'id'> = ({ parts: { id }, parameters }) => {
  refuseParameters(parameters);
  return answer(exposureSchema, readExposure(webDb(), id));
};

/** Is somebody on the exposure board or the blacklist now? */
export const matchExposures: Handler = ({ parameters }) => {
  refuseBlank(parameters);
  return answer(matchSchema, findMatches(webDb(), parseMatchQuery(parameters)));
};

/** All entries of the exposure board and the blacklist in force now as a file. */
export const exportExposures: Handler<'format'> = ({ parts, parameters }) => {
  const format = parseExportFormat(parts.format);
  refusePaging(parameters);
  const filter = parseExposureFilter(parameters);
  return readWholeFile(currentReader(), { list: 'exposures', format, filter, now: new Date().toISOString() });
};
