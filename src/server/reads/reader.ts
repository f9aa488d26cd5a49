import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import type { NoticePage } from '#src/domain/site/views.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { fileDb, webDb } from '../db.ts';
import { listNotices } from '../notices/list.ts';
import { hasKeptCounts } from '../notices/tally.ts';
import type { SearchPage } from '../search/types.ts';
import { type Fault, fromFault, toFault } from './faults.ts';
import type { FileRequest } from './files.ts';
import { doJob, type JobArguments, type JobName, type JobResult } from './jobs.ts';

/** What became of a job, as plain data: the pages' code and the process's know each other's errors by no class. */
export type Outcome<Value> = { value: Value } | { fault: Fault };

/** Does reads that may take long: in threads where the process has them, else at once. Never rejects. */
export interface Reader {
  ask<Name extends JobName>(name: Name, ...parameters: JobArguments<Name>): Promise<Outcome<JobResult<Name>>>;
}

/** The result of a job. @throws PublicError as the job does; UnavailableError when it takes or waits too long */
export async function read<Name extends JobName>(
  reader: Reader,
  name: Name,
  ...parameters: JobArguments<Name>
): Promise<JobResult<Name>> {
  const outcome = await reader.ask(name, ...parameters);
  if ('fault' in outcome) throw fromFault(outcome.fault);
  return outcome.value;
}

/** Reads on the caller's own thread: for development, where pages run without the web process. */
export const inlineReader: Reader = {
  ask: (name, ...parameters) =>
    doJob(FILE_JOBS.has(name) ? fileDb() : webDb(), name, parameters).then(
      (value) => ({ value }),
      (error: unknown) => ({ fault: toFault(error) }),
    ),
};

const FILE_JOBS: ReadonlySet<JobName> = new Set(['openFile', 'readFile', 'closeFile']);

/**
 * A page of search results. What the engine answers does not wait behind what SQLite has to work out.
 * @throws InputError when the cursor is not one of this search's; UnavailableError when there is too much to do.
 */
export async function readSearch(reader: Reader, filter: NoticeFilter): Promise<SearchPage> {
  const answer = await read(reader, 'searchOnEngine', filter);
  if (!('refused' in answer)) return answer;
  return read(reader, 'searchNotices', filter, answer.refused === 'mixed' ? undefined : answer.refused);
}

/** A page of notices, as `listNotices`: read at once where the counts are kept, else by whoever may take long. */
export async function readNotices(reader: Reader, filter: NoticeFilter, now?: Instant): Promise<NoticePage> {
  return hasKeptCounts(filter) ? listNotices(webDb(), filter, now) : read(reader, 'listNotices', filter, now);
}

/** A whole list as a download, made while it is sent. @throws UnavailableError when too many are under way. */
export async function readWholeFile(reader: Reader, request: FileRequest): Promise<Response> {
  const { key, headers, first } = await read(reader, 'openFile', request);
  let next: Uint8Array<ArrayBuffer> | null | undefined = first;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const piece = next === undefined ? await read(reader, 'readFile', key) : next;
        next = undefined;
        if (piece) controller.enqueue(piece);
        else controller.close();
      },
      cancel: () => read(reader, 'closeFile', key),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers });
}
