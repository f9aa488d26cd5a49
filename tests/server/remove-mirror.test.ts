import { expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { GoneError, RemovedByLawError } from '#src/domain/errors.ts';
import { markVersion } from '#src/publish/removal/versions.ts';
import { getNotice, getNoticeVersions } from '#src/server/notices/get.ts';
import { type IssuedKey, issueKey } from '#src/server/push/keys.ts';
import { applyRemoval } from '#src/server/removal/remove.ts';
import { follow, openShared, readOnce, type Shared, serve } from '#tests/support/mirror-harness.ts';
import { makeNotice, sendPush, signPush, toLines } from '#tests/support/push-client.ts';
import { PORTAL_SITE, type Portal } from '#tests/support/test-portal.ts';
import { TESTER } from '#tests/support/writer.ts';

/** Words that stand in one notice alone. */
const WORDS = '鸑鷟驺虞獬豸谛听';
const REASON = '示例人民法院（2026）示民终3号';
const ORDER = { reason: REASON, actor: TESTER, at: '2026-11-30T01:00:00.000Z', closed: [] };
const WRONG = { title: `${WORDS}设备采购公开招标公告`, bodyHtml: `<p>${WORDS}，预算金额：3 万元</p>` };

interface Pair {
  upstream: Shared;
  mirror: Shared;
  portal: Portal;
  source: string;
  key: IssuedKey;
  id: string;
}

async function push({ portal, key }: Pick<Pair, 'portal' | 'key'>, items: object[], idempotencyKey?: string) {
  const twist = idempotencyKey === undefined ? {} : { idempotencyKey };
  return sendPush(portal.url, await signPush(key, toLines(items), twist));
}

/** A portal to which a county has pushed a notice with the words, and its mirror. */
async function open(): Promise<Pair> {
  const [upstream, mirror] = [openShared(), openShared()];
  const key = issueKey(upstream.db, 'qufu', PORTAL_SITE, new Date().toISOString());
  const portal = await serve(upstream);
  const source = follow(mirror, portal);
  const { answer } = await push({ portal, key }, [makeNotice(1), makeNotice(2, WRONG)]);
  const id = answer.items[1]?.recordId ?? '';
  expect((await readOnce(mirror.db, source, portal)).created).toBe(2);
  return { upstream, mirror, portal, source, key, id };
}

/** Tables and columns in which the words stand. */
function findWords(db: Db): string[] {
  const tables = db.$client.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[];
  return tables.flatMap((table) => {
    const rows = db.$client.prepare(`SELECT * FROM "${table}"`).all() as Record<string, unknown>[];
    const columns = rows.flatMap((row) =>
      Object.entries(row)
        .filter(([, value]) => typeof value === 'string' && value.includes(WORDS))
        .map(([column]) => `${table}.${column}`),
    );
    return [...new Set(columns)];
  });
}

test('a notice that was removed answers 410 everywhere, with its history and nothing of what it said; mirrors destroy theirs', async () => {
  const { upstream, mirror, portal, source, id } = await open();
  expect(findWords(mirror.db)).not.toEqual([]);
  applyRemoval(upstream.db, { subject: 'notice', id, ...ORDER });

  const page = await fetch(`${portal.url}/notice/${id}`);
  const text = await page.text();
  expect(page.status).toBe(410);
  for (const word of ['依法删除', REASON, '第 1 版', '封印']) expect(text).toContain(word);
  expect(text).not.toContain(WORDS);
  const api = await fetch(`${portal.url}/api/v1/notices/${id}`);
  expect([api.status, api.headers.get('content-type')]).toEqual([410, 'application/problem+json; charset=utf-8']);
  expect(await api.json()).toMatchObject({ status: 410, detail: expect.stringContaining('依法删除') });
  const history = await fetch(`${portal.url}/api/v1/notices/${id}/versions`);
  expect(history.status).toBe(200);
  expect(await history.json()).toMatchObject({
    items: [{ version: 1, reason: 'created', hash: null, changedFields: [], removal: { reason: REASON } }],
  });
  const changes = await fetch(`${portal.url}/api/v1/changes?since=0`);
  expect(await changes.json()).toMatchObject({
    items: expect.arrayContaining([
      expect.objectContaining({ id, kind: 'remove', removal: { reason: REASON, at: ORDER.at } }),
    ]),
  });

  await readOnce(mirror.db, source, portal);
  expect(() => getNotice(mirror.db, id)).toThrow(RemovedByLawError);
  expect(findWords(upstream.db)).toEqual([]);
  expect(findWords(mirror.db)).toEqual([]);
  // From the start as well it does not come back.
  await readOnce(mirror.db, source, portal, true);
  expect(findWords(mirror.db)).toEqual([]);
});

test('mirrors keep of a notice the versions alone that their upstream still shows', async () => {
  const { upstream, mirror, portal, source, key, id } = await open();
  await push({ portal, key }, [makeNotice(2)]);
  await readOnce(mirror.db, source, portal);
  expect(getNotice(mirror.db, id).versions).toHaveLength(2);
  expect(findWords(mirror.db)).not.toEqual([]);
  const content = markVersion(upstream.db, 'notice', id, 1);
  applyRemoval(upstream.db, { subject: 'notice', id, ...ORDER, ...(content ? { content } : {}) });
  const page = await (await fetch(`${portal.url}/notice/${id}`)).text();
  expect(page).toContain(REASON);
  expect(page).not.toContain(WORDS);

  await readOnce(mirror.db, source, portal);
  expect(getNotice(mirror.db, id).versions).toMatchObject([
    { version: 2, removal: null },
    { version: 1, hash: null, removal: { reason: REASON } },
  ]);
  expect(findWords(upstream.db)).toEqual([]);
  expect(findWords(mirror.db)).toEqual([]);
});

test('a version that is the present one goes from mirrors too, and its notice comes back with other words', async () => {
  const { upstream, mirror, portal, source, key, id } = await open();
  const content = markVersion(upstream.db, 'notice', id, 1);
  applyRemoval(upstream.db, { subject: 'notice', id, ...ORDER, ...(content ? { content } : {}) });
  expect((await fetch(`${portal.url}/notice/${id}`)).status).toBe(410);
  await readOnce(mirror.db, source, portal);
  expect(() => getNotice(mirror.db, id)).toThrow(GoneError);
  expect(findWords(mirror.db)).toEqual([]);
  expect(getNoticeVersions(mirror.db, id).at(-1)).toMatchObject({
    version: 1,
    hash: null,
    removal: { reason: REASON },
  });

  expect((await push({ portal, key }, [makeNotice(2, WRONG)])).answer.items).toMatchObject([{ status: 'rejected' }]);
  expect((await push({ portal, key }, [makeNotice(2)])).answer.items).toMatchObject([{ status: 'changed' }]);
  await readOnce(mirror.db, source, portal);
  expect(getNotice(mirror.db, id).title).not.toContain(WORDS);
  expect(findWords(upstream.db)).toEqual([]);
});

test('what answers to pushes and stored errors quote of it goes as well', async () => {
  const { upstream, portal, key, id } = await open();
  // The id for something else: the reason quotes what it was.
  const other = makeNotice(2, { title: '某某县城乡供水一体化工程竣工验收', projectCode: 'QT-1' });
  const { answer } = await push({ portal, key }, [other], 'once-again');
  expect(JSON.stringify(answer)).toContain(WORDS);
  upstream.db.$client.prepare('UPDATE sources SET last_error = ?').run(`失败：${WRONG.title}`);
  expect(findWords(upstream.db)).toEqual(expect.arrayContaining(['push_requests.answer', 'sources.last_error']));
  applyRemoval(upstream.db, { subject: 'notice', id, ...ORDER });
  expect(findWords(upstream.db)).toEqual([]);
  const { status, answer: repeated } = await push({ portal, key }, [other], 'once-again');
  expect(status).toBe(200);
  expect(repeated.items).toEqual([{ index: 0, id: answer.items[0]?.id, status: 'rejected' }]);
});
