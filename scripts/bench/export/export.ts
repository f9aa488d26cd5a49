import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { getViewName } from 'drizzle-orm';
import { openReadOnly } from '#db/client.ts';
import { publishedNotices } from '#db/schema/index.ts';
import { columnName } from '#db/sql-pieces.ts';
import { makeCorpusSite } from '../corpus-site.ts';
import { type Figure, formatNumber, formatRange, median, type Part } from '../figures.ts';
import { readMemory } from '../memory.ts';
import { time } from '../time.ts';
import { startWeb } from '../web.ts';
import { progress } from '../workspace.ts';

const NAME = getViewName(publishedNotices);
const FORMATS = ['csv', 'xlsx'] as const;
const MOST_MEMORY_MB = 200;

/** Reads every public notice in the order of the list and joins its values, as the plainest program would. */
function dump(path: string): void {
  const db = openReadOnly(path);
  const rows = db.$client
    .prepare(
      `SELECT * FROM ${NAME} ORDER BY ${columnName(publishedNotices.publishedAt)} DESC, ${columnName(publishedNotices.id)} DESC`,
    )
    .raw()
    .iterate();
  let size = 0;
  for (const row of rows as Iterable<unknown[]>) size += row.join(',').length;
  db.$client.close();
  if (size === 0) throw new Error('the dump is empty');
}

/** Fetches a file and lets it go. @throws Error when the answer is not a whole good one. */
async function download(address: string): Promise<void> {
  const { ok, status, body } = await fetch(address);
  if (!ok || !body) throw new Error(`${address} answered ${status}`);
  for await (const _chunk of Readable.fromWeb(body as ReadableStream));
}

/** How fast a whole list becomes a file, against a plain dump of the rows, and what memory that takes (Linux only). */
export const exportFiles: Part = {
  key: 'j',
  title: 'Whole lists as files against a raw SQLite dump',
  async run({ quick, workspace }) {
    const count = quick ? 10_000 : 100_000;
    const { directory } = makeCorpusSite(workspace, count);
    const web = await startWeb(workspace, directory, { SEARCH_ENGINE: 'off' });
    const addressOf = (format: string, query = '') => `${web.url}/api/v1/notices.${format}${query}`;
    for (const format of FORMATS) await download(addressOf(format, '?category=land'));
    const idle = readMemory(web.pid, 'VmRSS');
    const idleMapped = readMemory(web.pid, 'RssFile');
    const times: Record<'dump' | (typeof FORMATS)[number], number[]> = { dump: [], csv: [], xlsx: [] };
    for (let round = 0; round < (quick ? 2 : 5); round++) {
      progress(`round ${round + 1} …`);
      times.dump.push(await time(() => dump(join(directory, 'tongming.db'))));
      for (const format of FORMATS) times[format].push(await time(() => download(addressOf(format))));
    }
    const memory = readMemory(web.pid, 'VmHWM') - idle;
    const mapped = readMemory(web.pid, 'RssFile') - idleMapped;
    await web.stop();
    const ratios = (format: (typeof FORMATS)[number]) =>
      times[format].map((value, round) => value / (times.dump[round] ?? Number.NaN));
    console.table(
      Object.entries(times).map(([name, values]) => ({
        what: name,
        notices: count,
        'median ms': formatNumber(median(values)),
        range: formatRange(values),
      })),
    );
    return [
      { name: 'CSV of every notice ÷ raw dump, time', values: ratios('csv') },
      { name: 'XLSX of every notice ÷ raw dump, time', values: ratios('xlsx') },
      { name: 'memory of the web role above idle, MB', values: [memory], aim: { atMost: MOST_MEMORY_MB } },
      { name: 'of that, pages of the mapped database, MB', values: [mapped] },
    ] satisfies Figure[];
  },
};
