import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertNotices, seedSources, toSeedNotice } from '#tests/support/seed-notices.ts';
import { type Portal, startPortal } from '#tests/support/test-portal.ts';

const COUNT = 100_000;
const MOST_GROWTH_KB = 200 * 1024;

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal((db) => {
    seedSources(db);
    insertNotices(db, numbered(COUNT));
  });
});
afterAll(() => portal.stop());

function* numbered(count: number) {
  for (let number = 0; number < count; number++) yield toSeedNotice(number);
}

/**
 * Memory of the web role itself, in kB. What it maps of the database's file is the kernel's cache: it counts only where somebody else
 * needs the room, or the whole file where the test's files lie in memory.
 */
function readMemory(): number {
  const status = readFileSync(`/proc/${portal.pid}/status`, 'utf8');
  return Number(/^RssAnon:\s+(\d+) kB/m.exec(status)?.[1]);
}

/** The most that was seen of it while files were read. */
let most = 0;

async function* readBody(path: string): AsyncGenerator<Buffer> {
  const { body } = await fetch(portal.url + path);
  for await (const chunk of Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0])) {
    most = Math.max(most, readMemory());
    yield chunk as Buffer;
  }
}

describe.skipIf(process.platform !== 'linux')(`a file of ${COUNT} notices`, () => {
  it('is whole and costs the web role a bounded amount of memory, as CSV and as workbook', async () => {
    for await (const _chunk of readBody('/api/v1/notices.xlsx?county=qufu&category=land'));
    const idle = readMemory();
    most = 0;
    const ids = new Set<string>();
    for await (const row of Readable.from(readBody('/api/v1/notices.csv')).pipe(parse({ bom: true, columns: true }))) {
      ids.add((row as Record<string, string>).公告编号 ?? '');
    }
    expect(ids.size).toBe(COUNT);
    let size = 0;
    for await (const chunk of readBody('/api/v1/notices.xlsx')) size += chunk.length;
    expect(size).toBeGreaterThan(COUNT * 20);
    expect(most).toBeGreaterThan(0);
    expect(most - idle).toBeLessThan(MOST_GROWTH_KB);
  });
});
