import canonicalize from 'canonicalize';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '#src/publish/prepare/fingerprints.ts';
import type { Change, ChangePage } from '#src/server/changes/list.ts';
import { type IssuedKey, issueKey } from '#src/server/push/keys.ts';
import { documentedSchema } from '#tests/support/api-schema.ts';
import { makeNotice, sendPush, signPush, toLines } from '#tests/support/push-client.ts';
import { PORTAL_SITE, type Portal, startPortal } from '#tests/support/test-portal.ts';

let portal: Portal;
let key: IssuedKey;
beforeAll(async () => {
  portal = await startPortal((db) => {
    key = issueKey(db, 'qufu', PORTAL_SITE, new Date().toISOString());
  });
});
afterAll(() => portal.stop());

const push = async (items: readonly unknown[]) => {
  const { status } = await sendPush(portal.url, await signPush(key, toLines(items)));
  expect(status).toBe(200);
};
const get = (query: string, headers: Record<string, string> = {}) =>
  fetch(`${portal.url}/api/v1/changes?${query}`, { headers });
const getPage = async (query: string) => (await (await get(query)).json()) as ChangePage;

/** What a mirror holds: the canonical bytes of each public notice. */
type Mirror = Map<string, string>;

function apply(mirror: Mirror, change: Change): void {
  if (change.kind === 'remove') mirror.delete(change.id);
  else {
    const bytes = canonicalize(change.notice) ?? '';
    expect(sha256(bytes)).toBe(change.hash);
    mirror.set(change.id, bytes);
  }
}

/** Follows the feed until it is up to date and `isOver`. Returns the position. */
async function follow(mirror: Mirror, since: string, limit: number, isOver = () => true): Promise<string> {
  for (let cursor = since; ; ) {
    const page = await getPage(`since=${cursor}&limit=${limit}&wait=1`);
    for (const change of page.items) apply(mirror, change);
    const isEnd = page.upToDate && page.items.length === 0 && isOver();
    cursor = page.next;
    if (isEnd) return cursor;
  }
}

function publicContent(): Mirror {
  const sql = `SELECT n.id, v.content FROM published_notices n
    JOIN notice_versions v ON v.notice_id = n.id AND v.version = n.version`;
  const rows = portal.db.$client.prepare(sql).all() as { id: string; content: string }[];
  return new Map(rows.map(({ id, content }) => [id, content]));
}

const sorted = (mirror: Mirror) => [...mirror].sort(([one], [other]) => (one < other ? -1 : 1));

describe('the changes', () => {
  it('rebuild the public content byte for byte, followed while it changes, with any size of page', async () => {
    const mirrors = [1, 7, 1_000].map((limit) => ({ limit, mirror: new Map() as Mirror }));
    let done = false;
    const following = mirrors.map(({ limit, mirror }) => follow(mirror, '0', limit, () => done));
    for (let round = 0; round < 8; round++) {
      const items = Array.from({ length: 30 }, (_, each) => {
        const number = (round * 17 + each * 7) % 90;
        if ((round + each) % 5 === 0) return { id: `QF-${number}`, withdrawn: true };
        return makeNotice(number, { bodyHtml: `<p>第 ${round} 次内容，预算金额：${number + round} 万元</p>` });
      });
      await push(items);
    }
    done = true;
    await Promise.all(following);
    const truth = sorted(publicContent());
    expect(truth.length).toBeGreaterThan(30);
    for (const { mirror } of mirrors) expect(sorted(mirror)).toEqual(truth);
  });

  it('can be read again from any position, which changes nothing in a mirror', async () => {
    const mirror: Mirror = new Map();
    const [epoch, end] = (await follow(mirror, '0', 50)).split('-');
    const before = sorted(mirror);
    for (const since of [0, Math.floor(Number(end) / 3), Number(end) - 1])
      await follow(mirror, `${epoch}-${since}`, 20);
    expect(sorted(mirror)).toEqual(before);
  });

  it('of another epoch are not read on: a number means nothing without the database that gave it', async () => {
    const { next } = await getPage('since=0&limit=1000');
    const [, number] = next.split('-');
    for (const since of [`0123456789abcdef-${number}`, '0123456789abcdef-0', number]) {
      const response = await get(`since=${since}`);
      expect(response.status, since).toBe(410);
      const problem = await response.json();
      expect(problem).toMatchObject({ status: 410, detail: expect.stringContaining('从头读取') });
    }
  });

  it('never tell again what was withdrawn', async () => {
    const { next } = await getPage('since=0&limit=1000');
    await push([makeNotice(500, { title: '将被撤回的采购项目公开招标公告' })]);
    expect(JSON.stringify(await getPage(`since=${next}`))).toContain('将被撤回');
    await push([{ id: 'QF-500', withdrawn: true }]);
    for (const since of ['0', next]) {
      const page = await getPage(`since=${since}&limit=1000`);
      expect(JSON.stringify(page)).not.toContain('将被撤回');
      expect(documentedSchema('ChangePage').safeParse(page).error?.issues).toBeUndefined();
    }
  });

  it('are waited for, and answered as soon as they are there', async () => {
    const { next } = await getPage('since=0&limit=1000');
    const waiting = getPage(`since=${next}&wait=30`);
    await push([makeNotice(600)]);
    expect((await waiting).items).toHaveLength(1);
    expect(await getPage(`since=${(await waiting).next}&wait=1`)).toMatchObject({ items: [], upToDate: true });
  });

  it('are not sent again to those who have them', async () => {
    const { next } = await getPage('since=0&limit=1000');
    const etag = (await get(`since=${next}`)).headers.get('etag') ?? '';
    expect((await get(`since=${next}`, { 'if-none-match': etag })).status).toBe(304);
    await push([makeNotice(700)]);
    expect((await get(`since=${next}`, { 'if-none-match': etag })).status).toBe(200);
  });

  it.each(['since=x', 'since=-1', 'limit=0', 'limit=1001', 'wait=31', 'since=', 'cursor=1'])(
    'refuse %s and name the parameter',
    async (query) => {
      const response = await get(query);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ errors: [{ name: query.split('=')[0] }] });
    },
  );
});
