import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { request } from 'undici';
import { z } from 'zod';
import { openReadOnly } from '#db/client.ts';
import { defineSelect } from '#db/query.ts';
import { changes as changeRows, noticeVersions, publishedNotices } from '#db/schema/index.ts';
import { makeCorpusSite } from '../corpus-site.ts';
import { formatNumber, formatRange, median, type Part } from '../figures.ts';
import { time } from '../time.ts';
import { startWeb } from '../web.ts';
import { progress } from '../workspace.ts';

const PAGE = 1_000;
const pageSchema = z.object({ items: z.array(z.object({ id: z.string() })), next: z.string(), upToDate: z.boolean() });

/** Reads every change from the first on, as a new mirror does. @throws Error when the feed does not hold them all */
async function readThrough(url: string, count: number): Promise<void> {
  const ids = new Set<string>();
  for (let since = '0'; ; ) {
    const { body } = await request(`${url}/api/v1/changes?since=${since}&limit=${PAGE}`);
    const page = pageSchema.parse(await body.json());
    for (const { id } of page.items) ids.add(id);
    since = page.next;
    if (page.upToDate) break;
  }
  if (ids.size !== count) throw new Error(`the changes hold ${ids.size} of ${count} notices`);
}

const ALL = defineSelect(() => ({
  fields: {
    seq: changeRows.seq,
    at: changeRows.at,
    hash: noticeVersions.hash,
    content: noticeVersions.content,
  },
  rest: sql`FROM ${changeRows} JOIN ${publishedNotices} ON ${publishedNotices.id} = ${changeRows.subjectId}
    JOIN ${noticeVersions} ON ${noticeVersions.noticeId} = ${publishedNotices.id} AND ${noticeVersions.version} = ${publishedNotices.version}
    WHERE ${changeRows.subject} = 'notice' ORDER BY ${changeRows.seq}`,
}));

/** Reads the same rows in the same order straight from the database. */
function readRaw(path: string): void {
  const db = openReadOnly(path);
  const rows = ALL.iterate(db);
  let size = 0;
  for (const row of rows) size += Object.values(row).join(',').length;
  db.$client.close();
  if (size === 0) throw new Error('there are no changes');
}

/** How fast a new mirror reads all changes, against reading their rows straight from the database. */
export const changes: Part = {
  key: 'i',
  title: 'All changes through the HTTP server against a raw read of the same rows',
  async run({ quick, workspace }) {
    const count = quick ? 10_000 : 100_000;
    const { directory } = makeCorpusSite(workspace, count);
    const web = await startWeb(workspace, directory, { SEARCH_ENGINE: 'off' });
    const [through, raw]: [number[], number[]] = [[], []];
    for (let round = 0; round <= (quick ? 2 : 5); round++) {
      progress(round === 0 ? 'warming up …' : `round ${round} …`);
      const took = [
        await time(() => readThrough(web.url, count)),
        await time(() => readRaw(join(directory, 'tongming.db'))),
      ];
      if (round === 0) continue;
      through.push(took[0] ?? Number.NaN);
      raw.push(took[1] ?? Number.NaN);
    }
    await web.stop();
    console.table(
      Object.entries({ 'changes through the HTTP server': through, 'raw read': raw }).map(([what, values]) => ({
        what,
        'changes/s': formatNumber(count / (median(values) / 1_000)),
        'median ms': formatNumber(median(values)),
        range: formatRange(values),
      })),
    );
    return [
      { name: `${count} changes ÷ raw read, time`, values: through.map((value, round) => value / (raw[round] ?? 1)) },
    ];
  },
};
