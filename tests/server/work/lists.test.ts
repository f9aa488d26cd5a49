import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  auditEvents,
  keyValues,
  noticeParties,
  organizations,
  sources,
  subscriptionMessages,
  subscriptions,
} from '#db/schema/index.ts';
import type { WORK_LIST_KEYS } from '#src/domain/work/lists.ts';
import { cursorKey } from '#src/ingest/mirror/cursor.ts';
import type { Session } from '#src/staff/sessions.ts';
import { seedSources } from '#tests/support/seed-notices.ts';
import { seedDeal } from '#tests/support/seed-parties.ts';
import { StaffRig } from '#tests/support/staff-rig.ts';

type List = (typeof WORK_LIST_KEYS)[number];

let rig: StaffRig;
let editor: Session;
let admin: Session;
let clerk: Session;
beforeEach(async () => {
  rig = new StaffRig();
  seedSources(rig.db);
  await rig.makeAccount('editor', ['editor']);
  await rig.makeAccount('admin', ['administrator']);
  await rig.makeAccount('clerk', ['countyClerk', 'editor', 'administrator'], 'qufu');
  [editor, admin, clerk] = [await rig.enter('editor'), await rig.enter('admin'), await rig.enter('clerk')];
});
afterEach(() => rig.close());

const rows = (list: List, who: Session) => rig.console.work.rows(who, list, { county: null, after: null }).rows;
const act = (list: List, id: string, values: Record<string, string>, who: Session) =>
  rig.console.work.act(who, list, id, { reason: '核对了营业执照', ...values });
const lastAudit = () => rig.db.select().from(auditEvents).all().at(-1);

describe('organizations', () => {
  const CODE = '91370811MA0000015F';
  const COMPANY = '济宁砚棠智能科技有限公司';
  const OTHER = '曲阜南阳舫园林绿化有限公司';
  /** Whom each notice names, as readers are told. */
  const named = () =>
    rig.db
      .select({ name: organizations.name })
      .from(noticeParties)
      .innerJoin(organizations, eq(organizations.id, noticeParties.organizationId))
      .all()
      .map(({ name }) => name);
  const find = (name: string) => rig.db.select().from(organizations).where(eq(organizations.name, name)).get();

  beforeEach(() => {
    seedDeal(rig.db, 1, { day: '2026-02-01', winner: COMPANY, code: CODE });
    seedDeal(rig.db, 2, { day: '2026-02-02', winner: OTHER, code: CODE });
  });

  test('of a doubtful name: it is split off, merged back, and taken back, each with its reason and its notices', async () => {
    const [doubt] = rows('organizations', editor);
    expect(doubt?.detail).toContain(OTHER);
    const id = doubt?.id ?? '';
    await act('organizations', id, { act: 'split', name: OTHER }, editor);
    expect(rows('organizations', editor)).toEqual([]);
    expect(named().toSorted()).toEqual([OTHER, COMPANY].toSorted());
    expect(lastAudit()).toMatchObject({ action: 'work.organization', reason: '核对了营业执照' });
    const [whole, part] = [find(COMPANY)?.id ?? '', find(OTHER)?.id ?? ''];
    await act('organizations', part, { act: 'merge', into: whole }, editor);
    expect(find(OTHER)?.mergedInto).toBe(whole);
    expect(named()).toEqual([COMPANY, COMPANY]);
    const { changes } = rig.console.work.item(editor, 'organizations', part) as unknown as {
      changes: { id: number }[];
    };
    await act('organizations', part, { act: 'undo', change: String(changes[0]?.id) }, editor);
    expect(find(OTHER)?.mergedInto).toBeNull();
    expect(named().toSorted()).toEqual([OTHER, COMPANY].toSorted());
  });

  test('are renamed for readers at once', async () => {
    const id = find(COMPANY)?.id ?? '';
    await act('organizations', id, { act: 'rename', name: `${COMPANY}（集团）` }, editor);
    expect(named()).toContain(`${COMPANY}（集团）`);
  });

  test('are the whole city’s: a county’s own see and change none', async () => {
    const id = rows('organizations', editor)[0]?.id ?? '';
    const before = rig.db.select().from(organizations).all();
    await expect(act('organizations', id, { act: 'split', name: OTHER }, clerk)).rejects.toThrow('不属于您所在的县区');
    await expect(act('organizations', id, { act: 'split', name: OTHER }, admin)).rejects.toThrow('岗位');
    expect(rig.db.select().from(organizations).all()).toEqual(before);
  });
});

test('a mirror that lags is read again from its beginning', async () => {
  const mirror = { key: 'upper', name: '上级平台', county: 'jining', adapter: 'tongming' } as const;
  rig.db
    .insert(sources)
    .values({
      ...mirror,
      settings: { url: 'https://upper.example' },
      schedule: '',
      consecutiveFailures: 3,
      lastError: '连不上',
    })
    .run();
  const key = cursorKey('upper', 'notices');
  rig.db.insert(keyValues).values({ key, value: '5f0c2a9be1d74836-17', updatedAt: rig.now }).run();
  const cursor = () => rig.db.select().from(keyValues).where(eq(keyValues.key, key)).get()?.value;
  expect(rows('mirrors', admin)).toMatchObject([{ id: 'upper', title: '上级平台', detail: '连不上' }]);
  await expect(act('mirrors', 'upper', {}, clerk)).rejects.toThrow('不属于您所在的县区');
  await act('mirrors', 'upper', { reason: '对方恢复了备份' }, admin);
  expect(cursor()).toBe('5f0c2a9be1d74836-0');
  expect(lastAudit()).toMatchObject({ action: 'work.mirror', reason: '对方恢复了备份' });
});

test('a message that was given up gets its attempts back, or is seen off; nobody reads its address', async () => {
  const subscription = {
    id: 's1',
    channel: 'email',
    address: 'somebody@example.com',
    filter: '',
    frequency: 'daily',
  } as const;
  rig.db
    .insert(subscriptions)
    .values({ ...subscription, confirmHash: 'a', manageHash: 'b', createdAt: rig.now, confirmedAt: rig.now })
    .run();
  for (const id of ['m1', 'm2'])
    rig.db
      .insert(subscriptionMessages)
      .values({
        ...{ id, subscriptionId: 's1', kind: 'notices', state: 'dead', attempts: 9 },
        ...{ dueAt: rig.now, createdAt: rig.now, error: '对方拒收' },
      })
      .run();
  expect(rows('messages', admin).map(({ detail }) => detail)).toEqual(['试过 9 次：对方拒收', '试过 9 次：对方拒收']);
  expect(JSON.stringify(rows('messages', admin))).not.toContain('somebody@');
  await expect(act('messages', 'm1', { act: 'retry' }, clerk)).rejects.toThrow('不属于您所在的县区');
  await act('messages', 'm1', { act: 'retry' }, admin);
  await act('messages', 'm2', { act: 'dismiss' }, admin);
  await expect(act('messages', 'm2', { act: 'retry' }, admin)).rejects.toThrow(/已由/);
  expect(rig.db.select().from(subscriptionMessages).all()).toMatchObject([
    { id: 'm1', state: 'pending', attempts: 0 },
    { id: 'm2', state: 'dismissed' },
  ]);
  expect(rows('messages', admin)).toEqual([]);
  expect(lastAudit()).toMatchObject({ action: 'work.message', county: null });
});
