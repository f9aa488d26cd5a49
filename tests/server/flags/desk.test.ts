import { afterAll, beforeAll, expect, test } from 'vitest';
import { flags, organizationFlags, projects } from '#db/schema/index.ts';
import { ForbiddenError, InputError } from '#src/domain/errors.ts';
import { lotSubject } from '#src/domain/flags/views.ts';
import { listFlaggedLots } from '#src/server/flags/list.ts';
import { countOrganizationFlags, listOrganizationFlags } from '#src/server/flags/subjects.ts';
import { StaffRig } from '#tests/support/staff-rig.ts';

let rig: StaffRig;
const SUBJECT = lotSubject('aaaaaaaaaaaa', '1');

beforeAll(() => {
  rig = new StaffRig();
  const { db, now } = rig;
  db.insert(projects)
    .values({
      id: 'aaaaaaaaaaaa',
      code: 'QF-1',
      title: '某中学食堂项目',
      category: 'procurement',
      county: 'qufu',
      buyer: null,
      createdAt: now,
      updatedAt: now,
    })
    .run();
  db.insert(flags)
    .values({
      code: 'F13',
      project: 'aaaaaaaaaaaa',
      lot: '1',
      lotName: '1包',
      county: 'qufu',
      category: 'procurement',
      month: '2026-02',
      numbers: { 相同报价: '1.00 元' },
    })
    .run();
  db.insert(organizationFlags)
    .values([
      {
        code: 'F21',
        role: 'pair',
        organization: 'fa',
        organizations: 'fa fb',
        state: 'flagged',
        cases: 9,
        numbers: {},
      },
      { code: 'F05', role: 'buyer', organization: 'ba', organizations: 'ba', state: 'flagged', cases: 9, numbers: {} },
      { code: 'F28', role: 'buyer', organization: 'bb', organizations: 'bb', state: 'flagged', cases: 4, numbers: {} },
      {
        code: 'F28',
        role: 'supplier',
        organization: 'fc',
        organizations: 'fc',
        state: 'flagged',
        cases: 9,
        numbers: {},
      },
    ])
    .run();
});
afterAll(() => rig.close());

const lots = () => listFlaggedLots(rig.db, { code: 'F13' }).items;

test('a supervisor decides; it is in the audit, and the public reads only that it was looked into', async () => {
  await rig.makeAccount('wang', ['supervisor']);
  const session = await rig.enter('wang');
  const { flags: desk } = rig.console;
  expect(desk.queue(session, { isDecided: false })).toMatchObject([
    { code: 'F13', subject: SUBJECT, title: '某中学食堂项目（1包）' },
  ]);
  expect(lots()).toMatchObject([{ isChecked: false, replies: [] }]);
  const of = { code: 'F13', subject: SUBJECT };
  const referred = { decision: 'referred', reason: '两家报价相同，转财政部门核实。', referredTo: '' } as const;
  await expect(desk.decide(session, of, referred)).rejects.toThrow(InputError);
  await desk.decide(session, of, { ...referred, referredTo: '曲阜市财政局' });
  expect(desk.queue(session, { isDecided: false })).toEqual([]);
  expect(desk.queue(session, { isDecided: true })).toHaveLength(1);
  const told = JSON.stringify(lots());
  expect(told).toContain('"isChecked":true');
  expect(told).not.toMatch(/财政局|核实|转办|referred/);
  await desk.decide(session, of, { decision: 'unfounded', reason: '政府指导价，不成立。', referredTo: '' });
  expect(JSON.stringify(lots())).toBe(told);
  expect(desk.item(session, 'F13', SUBJECT).decisions.map(({ decision }) => decision)).toEqual([
    'unfounded',
    'referred',
  ]);
  expect(rig.actions().filter((action) => action.startsWith('flag.'))).toEqual(['flag.decide', 'flag.decide']);
});

test('what those concerned say stands beside it; who may not is refused', async () => {
  await rig.makeAccount('lihua', ['countyClerk'], 'qufu');
  await rig.makeAccount('zhaoyi', ['countyClerk'], 'zoucheng');
  await rig.makeAccount('qianer', ['editor']);
  const { flags: desk } = rig.console;
  const of = { code: 'F13', subject: SUBJECT };
  const said = {
    party: '某中学',
    text: '两家均按政府指导价报价。',
    source: '某中函〔2026〕3号',
    receivedOn: '2026-03-01',
  };
  const li = await rig.enter('lihua');
  await desk.reply(li, of, said);
  expect(lots()).toMatchObject([{ replies: [said] }]);
  await expect(desk.decide(li, of, { decision: 'unfounded', reason: '不成立不成立', referredTo: '' })).rejects.toThrow(
    ForbiddenError,
  );
  const zhao = await rig.enter('zhaoyi');
  expect(desk.queue(zhao, { isDecided: true })).toEqual([]);
  await expect(desk.reply(zhao, of, said)).rejects.toThrow(ForbiddenError);
  expect(() => desk.item(zhao, 'F13', SUBJECT)).toThrow(ForbiddenError);
  const qian = await rig.enter('qianer');
  expect(() => desk.queue(qian, { isDecided: true })).toThrow(ForbiddenError);
  expect(() => desk.duties(qian)).toThrow(ForbiddenError);
});

test('the public reads neither groups of firms nor what rests on fewer than five cases; staff of the city read both', async () => {
  expect(listOrganizationFlags(rig.db, {}).map(({ code, role }) => [code, role])).toEqual([['F05', 'buyer']]);
  expect(countOrganizationFlags(rig.db).get('F21')).toEqual({ flagged: 1, all: 1 });
  const { flags: desk } = rig.console;
  expect(desk.organizations(await rig.enter('wang'))).toHaveLength(4);
  expect(desk.organizations(await rig.enter('lihua'))).toEqual([]);
});
