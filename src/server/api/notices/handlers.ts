import { apiNoticeUrl, apiSearchUrl, apiVersionsUrl } from '#src/domain/site/urls.ts';
import { webDb } from '../../db.ts';
import { parseExportFormat, refusePaging } from '../../exports/answer.ts';
import { findCanonicalId, getNoticeVersions, getNotice as readNotice } from '../../notices/get.ts';
import { parseListQuery } from '../../notices/parse-filter.ts';
import { refuseParameters } from '../../parameters.ts';
import { currentReader } from '../../reads/current.ts';
import { readNotices, readWholeFile } from '../../reads/reader.ts';
import { getAsOf } from '../../sources/as-of.ts';
import { answer, redirectTo } from '../answer.ts';
import type { Handler } from '../endpoint.ts';
import { noticePageSchema, noticeSchema, noticeVersionsSchema } from './schema.ts';

/** Notices under filters. Words belong to search, as on the pages. */
export const listNotices: Handler = async ({ parameters }) => {
  const filter = parseListQuery(parameters);
  if (filter.q) return redirectTo(apiSearchUrl(filter), 302);
  return answer(noticePageSchema, await readNotices(currentReader(), filter));
};

/** One notice. The same notice of another site leads to its canonical address. */
export const getNotice: Handler<'id'> = ({ parts: { id }, parameters }) => {
  refuseParameters(parameters);
  const canonicalId = findCanonicalId(webDb(), id);
  if (canonicalId) return redirectTo(apiNoticeUrl(canonicalId), 301);
  return answer(noticeSchema, readNotice(webDb(), id));
};

/** Every version of a notice; of one that is not public any more, without what it said. */
export const listNoticeVersions: Handler<'id'> = ({ parts: { id }, parameters }) => {
  refuseParameters(parameters);
  const canonicalId = findCanonicalId(webDb(), id);
  if (canonicalId) return redirectTo(apiVersionsUrl(canonicalId), 301);
  const items = getNoticeVersions(webDb(), id);
  return answer(noticeVersionsSchema, { items, total: items.length, asOf: getAsOf(webDb()), next: null });
};

const exportAs =
  (list: 'notices' | 'lots'): Handler<'format'> =>
  ({ parts, parameters }) => {
    const format = parseExportFormat(parts.format);
    refusePaging(parameters);
    const now = new Date().toISOString();
    return readWholeFile(currentReader(), { list, format, filter: parseListQuery(parameters), now });
  };

/** A whole list or search of notices as a file. */
export const exportNotices = exportAs('notices');

/** The lots of its notices as a file. */
export const exportLots = exportAs('lots');
