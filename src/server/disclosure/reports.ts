import type { Db } from '#db/client.ts';
import type { ReportQuery } from '#src/domain/annual-report/filter.ts';
import { formOf } from '#src/domain/annual-report/forms.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import {
  getReportFile,
  listReports,
  listReportVersions,
  type ReportVersion,
} from '#src/publish/annual-report/store.ts';

/** A published report with its other versions and forms. */
export interface PublishedReport {
  report: ReportVersion;
  versions: ReportVersion[];
  /** Forms in which the year is published. */
  forms: ReportVersion['form'][];
}

/** The report of a year: the form that is prescribed for it where that was published, the latest version. @throws NotFoundError */
export function getPublishedReport(db: Db, year: string | undefined, { form, version }: ReportQuery): PublishedReport {
  const ofYear = listReports(db).filter((report) => String(report.year) === year);
  const chosen =
    form ?? (ofYear.some((report) => report.form === formOf(Number(year))) ? formOf(Number(year)) : ofYear[0]?.form);
  const versions = chosen ? listReportVersions(db, { year: Number(year), form: chosen }) : [];
  const report = version === undefined ? versions[0] : versions.find((each) => each.version === version);
  if (!report) throw new NotFoundError('没有公布这份年度报告');
  return { report, versions, forms: ofYear.map((each) => each.form) };
}

/** A file of it. @throws NotFoundError */
export function getPublishedFile(
  db: Db,
  year: string | undefined,
  format: 'pdf' | 'docx',
  query: ReportQuery,
): { report: ReportVersion; bytes: Buffer } {
  const { report } = getPublishedReport(db, year, query);
  const bytes = getReportFile(db, report, format);
  if (!bytes) throw new NotFoundError('没有这个文件');
  return { report, bytes };
}
