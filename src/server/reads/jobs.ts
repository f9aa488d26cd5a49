import type { Db } from '#db/client.ts';
import type { PrintedDocument } from '#src/documents/model.ts';
import { getConfig } from '../config.ts';
import { listDeadlines } from '../feeds/deadlines.ts';
import { listFeed } from '../feeds/list.ts';
import { listNotices } from '../notices/list.ts';
import { listDisposals, listReleases } from '../ocds/list.ts';
import { listOrganizations } from '../organizations/list.ts';
import { searchNotices, searchOnEngine } from '../search/search.ts';
import { closeFile, openFile, readFile } from './files.ts';

/** Every read that may take long, by name: what a thread is asked. Arguments and answers are plain data. */
export const JOBS = {
  searchOnEngine,
  searchNotices,
  listNotices,
  listFeed,
  listDeadlines,
  listReleases: (db: Db, ...[filter]: [Parameters<typeof listReleases>[2]]) => listReleases(db, getConfig(), filter),
  listDisposals: (db: Db, ...[filter]: [Parameters<typeof listDisposals>[2]]) => listDisposals(db, getConfig(), filter),
  listOrganizations,
  openFile,
  readFile,
  closeFile,
  /** A document as PDF: threads of this process set it, whoever asks for it goes on answering. */
  renderPdf: async (_db: Db, document: PrintedDocument) =>
    (await import('#src/documents/pdf-here.ts')).renderPdfHere(document),
};

export type JobName = keyof typeof JOBS;
export type JobArguments<Name extends JobName> = (typeof JOBS)[Name] extends (db: Db, ...rest: infer Rest) => unknown
  ? Rest
  : never;
export type JobResult<Name extends JobName> = Awaited<ReturnType<(typeof JOBS)[Name]>>;

/** Does a job on a handle. The names of jobs and their arguments belong together: the compiler sees to it at the caller. */
export async function doJob<Name extends JobName>(
  db: Db,
  name: Name,
  parameters: JobArguments<Name>,
): Promise<JobResult<Name>> {
  const job = JOBS[name] as unknown as (
    db: Db,
    ...parameters: JobArguments<Name>
  ) => JobResult<Name> | Promise<JobResult<Name>>;
  return job(db, ...parameters);
}
