/** A process that writes a whole list as a file, in the memory that it is given, for `ExportWork` as JSON in its argument. Says how many bytes and lines it wrote. See `exports/large.test.ts`. */
import { ONCE_THROUGH, openReadOnly } from '#db/client.ts';
import type { ExportFormat } from '#src/domain/exports/urls.ts';
import type { NoticeSummary } from '#src/domain/site/views.ts';
import { answerFile } from '#src/server/exports/answer.ts';
import { noticeTable, walkNotices } from '#src/server/exports/notices.ts';
import { SEED_NOW } from './seed-notices.ts';

/** What the process is to do; `keeps` is the fault that it must not get through with. */
export interface ExportWork {
  database: string;
  format: ExportFormat;
  keeps: boolean;
}

const { database, format, keeps } = JSON.parse(process.argv[2] ?? '') as ExportWork;
const SHOWN = 40;
const NEWLINE = 10;

/** A part of a long text is kept by the engine as a place in it: whoever keeps the part keeps the whole. */
async function* shorten(batches: AsyncIterable<NoticeSummary[]>): AsyncGenerator<NoticeSummary[]> {
  for await (const batch of batches) yield batch.map((item) => ({ ...item, title: item.title.slice(0, SHOWN) }));
}

async function* keep(batches: AsyncIterable<NoticeSummary[]>): AsyncGenerator<NoticeSummary[]> {
  const all: NoticeSummary[] = [];
  for await (const batch of batches) all.push(...batch);
  yield all;
}

const batches = shorten(walkNotices(openReadOnly(database, ONCE_THROUGH), {}, SEED_NOW));
const { body } = answerFile(format, noticeTable('http://portal.example'), keeps ? keep(batches) : batches, SEED_NOW);
let bytes = 0;
let lines = 0;
for await (const chunk of body ?? []) {
  bytes += chunk.length;
  lines += chunk.filter((byte) => byte === NEWLINE).length;
}
console.log(JSON.stringify({ bytes, lines }));
