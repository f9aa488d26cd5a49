import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CompletionPool } from '#src/ingest/completion/pool.ts';
import { startFeedServer } from '#tests/support/feed-server.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { type FeedItem, makeItems, testSite } from '#tests/support/test-site.ts';

const ENTRY = new URL('../support/slow-thread.ts', import.meta.url);
const HOSTILE = { endless: '无尽的正文', deadly: '致命的正文' };

/** Lists without bodies, so that each is read from a page of its own. */
function withoutBodies(items: FeedItem[]): FeedItem[] {
  return items.map(({ body: _body, ...item }) => item);
}

describe('items completed on threads', () => {
  let rig: IngestRig;
  let pool: CompletionPool;
  let items: FeedItem[];

  beforeEach(async () => {
    items = makeItems(45);
    rig = await start();
    pool = new CompletionPool({ threads: 2, entry: ENTRY, limitMs: 60_000 });
  });

  afterEach(async () => {
    await pool.close();
    expect(await rig.breaches()).toEqual([]);
    await rig.close();
  });

  async function start(): Promise<IngestRig> {
    const feed = await startFeedServer((request) =>
      testSite(() => (request.url.pathname === '/detail' ? items : withoutBodies(items)))(request),
    );
    return startRig({ detail: true }, feed);
  }

  function replaceBody(number: number, body: string): void {
    items = items.map((item, index) => (index === number ? { ...item, body: `<p>${body}</p>` } : item));
  }

  function reasonOf(id: string): string {
    const [row] = rig.rows(`SELECT reasons FROM raw_items WHERE source_item_id = '${id}' AND state = 'rejected'`);
    return String(row?.reasons);
  }

  test('are stored as on one thread: the same content, in the order of the list', async () => {
    expect(await rig.run({ pool })).toMatchObject({ state: 'succeeded', created: 45, rejected: 0 });
    const received = rig.rows('SELECT source_item_id AS item FROM raw_items ORDER BY raw_items.id');
    expect(received.map(({ item }) => item)).toEqual(items.map(({ id }) => id));
    const single = await start();
    expect(await single.run()).toMatchObject({ created: 45 });
    expect(single.publicContent()).toEqual(rig.publicContent());
    await single.close();
    expect(await rig.run({ full: true })).toMatchObject({ unchanged: 45 });
  });

  test('a body without end is refused with the reason; its thread is replaced and the others come in', async () => {
    replaceBody(3, HOSTILE.endless);
    replaceBody(17, HOSTILE.endless);
    await pool.close();
    // Far more than any other item takes on a busy machine.
    pool = new CompletionPool({ threads: 2, entry: ENTRY, limitMs: 3_500 });
    expect(await rig.run({ pool })).toMatchObject({ state: 'succeeded', created: 43, rejected: 2 });
    expect(reasonOf('item-3')).toContain('处理时间超过 3.5 秒');
    expect(reasonOf('item-17')).toContain('处理时间超过 3.5 秒');
  });

  test('a thread that dies takes one item with it', async () => {
    replaceBody(5, HOSTILE.deadly);
    const { state, created, rejected } = await rig.run({ pool });
    expect({ state, total: created + rejected }).toEqual({ state: 'succeeded', total: 45 });
    expect(rejected).toBeLessThanOrEqual(1);
  });

  test('a page of the wrong shape is asked for once more, and refused for what it is', async () => {
    rig.feed.faultOf = (path) => (path.includes('item-7') ? 'login-page' : undefined);
    expect(await rig.run({ pool })).toMatchObject({ created: 44, rejected: 1 });
    expect(rig.feed.requests.filter((line) => line.includes('detail?id=item-7'))).toHaveLength(2);
    expect(reasonOf('item-7')).toContain('没有正文');
  });

  test('without threads no item is judged: the run fails and nothing is refused', async () => {
    await pool.close();
    expect(await rig.run({ pool })).toMatchObject({ state: 'failed', created: 0, rejected: 0 });
  });

  test('threads whose code does not load fail the run, once', async () => {
    const broken = new CompletionPool({ threads: 1, entry: new URL('../support/no-such-thread.ts', import.meta.url) });
    expect(await rig.run({ pool: broken })).toMatchObject({ state: 'failed', rejected: 0 });
    await broken.close();
  });
});
