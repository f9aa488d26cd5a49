import { cellsOf } from '#src/domain/annual-report/cells.ts';
import { REPORT_QUERY } from '#src/domain/annual-report/filter.ts';
import { writeNarrative } from '#src/domain/annual-report/narrative.ts';
import { CHANNELS } from '#src/domain/disclosure/catalogue.ts';
import { reportUrl } from '#src/domain/disclosure/urls.ts';
import { formatDate } from '#src/domain/time/time.ts';
import { listReports, type ReportVersion } from '#src/publish/annual-report/store.ts';
import { getConfig } from '../../config.ts';
import { webDb } from '../../db.ts';
import { listCatalogue } from '../../disclosure/catalogue.ts';
import { getPublishedReport } from '../../disclosure/reports.ts';
import { parseParameters, refuseParameters } from '../../parameters.ts';
import { answer } from '../answer.ts';
import type { Handler } from '../endpoint.ts';
import { catalogueSchema, reportListSchema, reportSchema } from './schema.ts';

const summaryOf = ({ year, form, version, hash, publishedAt }: ReportVersion) => ({
  ...{ year, form, version, sha256: hash, publishedAt },
  url: getConfig().SITE_URL + reportUrl(year, { form, version }),
});

/** Published annual reports. */
export const listAnnualReports: Handler = ({ parameters }) => {
  refuseParameters(parameters);
  return answer(reportListSchema, { items: listReports(webDb()).map(summaryOf) });
};

/** One of them, cell by cell: in the form and the version that are asked for. */
export const getAnnualReport: Handler<'year'> = ({ parts: { year }, parameters }) => {
  const { report } = getPublishedReport(webDb(), year, parseParameters(REPORT_QUERY, parameters));
  const { content } = report;
  return answer(reportSchema, {
    ...summaryOf(report),
    ...{ issuer: content.issuer, reason: report.reason, texts: writeNarrative(content) },
    cells: cellsOf(content.form).map(({ key, label }) => {
      return { key, label, value: content.cells[key] ?? 0, source: content.input.cells[key]?.source ?? null };
    }),
  });
};

/** The catalogue of disclosure with the state of each item. */
export const getDisclosureCatalogue: Handler = ({ parameters }) => {
  refuseParameters(parameters);
  const items = listCatalogue(webDb(), formatDate(new Date().toISOString()));
  return answer(catalogueSchema, {
    items: items.map((item) => {
      const { number, category, title, elements, basis, time, holder, state, reason, count, latest } = item;
      const channels = item.channels.map((channel) => CHANNELS[channel]);
      return { number, category, title, elements, basis, time, holder, channels, state, reason, count, latest };
    }),
  });
};
