import { afterAll, beforeAll, expect, test } from 'vitest';
import { DRAFT_STATE_KEYS, isReleased } from '#src/domain/drafts/states.ts';
import { noticeId } from '#src/domain/identifiers/ids.ts';
import { consoleSourceKey } from '#src/publish/console-source.ts';
import { findSampleIds, toSampleAddress } from '#src/server/routes/samples.ts';
import { ROUTES } from '#src/server/routes/table.ts';
import { DraftRig } from '#tests/support/draft-rig.ts';
import { openTestDatabase, seedNotices, seedSources } from '#tests/support/seed-notices.ts';
import { type Portal, startPortal } from '#tests/support/test-portal.ts';

/** Stands in the title, the form and the body of every draft, and nowhere else. */
const CANARY = '未公开金丝雀';
const NOW = new Date().toISOString();

const shared = openTestDatabase();
let portal: Portal;
const draftIds: string[] = [];
beforeAll(async () => {
  seedSources(shared.db);
  seedNotices(shared.db, 20);
  const rig = new DraftRig(shared.db);
  rig.now = NOW;
  const team = rig.team('qufu');
  const content = rig.content({
    title: `${CANARY}采购公告`,
    bodyHtml: `<p>${CANARY}</p>`,
    publishAt: new Date(Date.now() + 86_400_000).toISOString(),
  });
  const reason = '经审核，同意。';
  const act = rig.desk.act.bind(rig.desk);
  const create = () => rig.desk.create(team.author, 'qufu', content);
  const submitted = async () => act(team.author, await create(), { event: 'submit', reason });
  const determined = async () => act(team.editor, await submitted(), { event: 'determineOpen', reason });
  const first = async () => act(team.first, await determined(), { event: 'approveFirst', reason });
  const made = [
    await create(),
    await submitted(),
    await act(team.editor, await submitted(), { event: 'withhold', reason }),
    await determined(),
    await first(),
    await act(team.final, await first(), { event: 'approveFinal', reason }),
    await act(team.author, await create(), { event: 'discard', reason }),
  ];
  expect(new Set(made.map(({ state }) => state))).toEqual(
    new Set(DRAFT_STATE_KEYS.filter((state) => !isReleased(state))),
  );
  await rig.desk.keepWorkingCopy(team.author, made[0] ?? { id: '', revision: 0 }, content, null);
  draftIds.push(...made.map(({ id }) => id));
  portal = await startPortal(() => undefined, { RATE_LIMIT: '100000' }, shared);
});
afterAll(async () => {
  await portal.stop();
  shared.close();
});

test('no public address tells anything of a draft that is not published, searched for or not', async () => {
  const ids = findSampleIds(shared.db, NOW, 'ocds-000000');
  const routes = ROUTES.filter(({ role, methods }) => role === 'public' && methods.includes('GET'));
  let asked = 0;
  const look = async (address: string) => {
    const answer = await fetch(new URL(address, portal.url), { redirect: 'manual' });
    const text = Buffer.from(await answer.arrayBuffer()).toString('utf8');
    // What was searched for is shown again: it is what was found that counts.
    const said = text
      .replaceAll(encodeURIComponent(CANARY), '')
      .replaceAll(CANARY, (_word, at: number) => text.slice(at, at + 10));
    expect(said.includes(`${CANARY}采购`), address).toBe(false);
    for (const id of draftIds) expect(text.includes(id), `${address} names ${id}`).toBe(false);
    asked++;
  };
  for (const route of routes) {
    const address = toSampleAddress(route, ids);
    if (address === undefined) continue;
    await look(address);
    if (route.parameters.includes('q')) await look(`${address.split('?')[0]}?q=${encodeURIComponent(CANARY)}`);
  }
  expect(asked).toBeGreaterThan(40);
});

test('the address that a draft will have leads to nothing yet', async () => {
  for (const id of draftIds) {
    const address = noticeId(consoleSourceKey('qufu'), id);
    for (const path of [`/notice/${address}`, `/api/v1/notices/${address}`, `/api/v1/notices/${address}/versions`])
      expect([path, (await fetch(portal.url + path)).status]).toEqual([path, 404]);
  }
});
