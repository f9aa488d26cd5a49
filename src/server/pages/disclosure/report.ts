import { toReportDocument } from '#src/documents/annual-report/report.ts';
import { toHtml } from '#src/documents/html.ts';
import { reportTitle } from '#src/domain/annual-report/content.ts';
import { REPORT_QUERY } from '#src/domain/annual-report/filter.ts';
import { webDb } from '../../db.ts';
import { getPublishedFile, getPublishedReport, type PublishedReport } from '../../disclosure/reports.ts';
import { parseParameters } from '../../parameters.ts';
import type { Asked } from '../asked.ts';

export interface ReportPage extends PublishedReport {
  title: string;
  /** The whole report as HTML of ours. */
  html: string;
}

/** A published annual report. @throws NotFoundError, InputError */
export function loadReport({ params, url }: Asked): ReportPage {
  const found = getPublishedReport(webDb(), params.year, parseParameters(REPORT_QUERY, url.searchParams));
  const { content } = found.report;
  return { ...found, title: reportTitle(content), html: toHtml(toReportDocument(content)) };
}

const TYPES = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/** The same as a file, as it was published. @throws NotFoundError, InputError */
export function loadReportFile({ params, url }: Asked, format: 'pdf' | 'docx'): Response {
  const { report, bytes } = getPublishedFile(
    webDb(),
    params.year,
    format,
    parseParameters(REPORT_QUERY, url.searchParams),
  );
  const name = encodeURIComponent(`${reportTitle(report.content)}.${format}`);
  return new Response(Uint8Array.from(bytes), {
    headers: {
      'content-type': TYPES[format],
      'content-disposition': `attachment; filename="report-${report.year}.${format}"; filename*=UTF-8''${name}`,
    },
  });
}
