import type { Db } from '#db/client.ts';
import { drafts } from '#db/schema/drafts.ts';
import { accountActor } from '#src/domain/actors.ts';
import { createWorkingCalendar } from '#src/domain/calendar/working-days.ts';
import { type DraftContent, emptyContent } from '#src/domain/drafts/content.ts';
import type { PersonEvent } from '#src/domain/drafts/transitions.ts';
import { addDays, type Instant } from '#src/domain/time/time.ts';
import type { Doer } from '#src/publish/audit/record.ts';
import { getAccount, listAccounts } from '#src/staff/accounts.ts';
import { DraftDesk } from '#src/staff/drafts/desk.ts';
import type { DraftRow } from '#src/staff/drafts/store.ts';
import type { Session } from '#src/staff/sessions.ts';
import { fillIn } from './fill-form.ts';

type Step = [who: string, event: Exclude<PersonEvent, 'edit'>, reason: string];

const AUTHOR = 'qufu.jingban';
const SUBMIT: Step = [AUTHOR, 'submit', ''];
const OPEN: Step = ['bianji', 'determineOpen', '属于主动公开的交易信息。'];
const FIRST: Step = ['chushen', 'approveFirst', '未发现涉密和个人信息。'];
const FINAL: Step = ['fushen', 'approveFinal', '同意发布。'];

/** One draft for each state that a draft can be in before it is published; how many days ago it was begun. */
const PLAN: readonly {
  title: string;
  days: number;
  category: DraftContent['category'];
  stage: DraftContent['stage'];
  steps: Step[];
  later?: true;
}[] = [
  { title: '曲阜市（演示）文化中心空调采购公告', days: 1, category: 'procurement', stage: 'tenderNotice', steps: [] },
  {
    title: '曲阜市（演示）道路维修工程招标公告',
    days: 9,
    category: 'construction',
    stage: 'tenderNotice',
    steps: [SUBMIT],
  },
  {
    title: '曲阜市（演示）办公家具采购意向',
    days: 3,
    category: 'procurement',
    stage: 'procurementIntention',
    steps: [SUBMIT, ['bianji', 'withhold', '条例第十六条：尚在内部论证。']],
  },
  {
    title: '曲阜市（演示）校服采购结果公告',
    days: 6,
    category: 'procurement',
    stage: 'awardNotice',
    steps: [SUBMIT, OPEN],
  },
  {
    title: '曲阜市（演示）防汛物资采购公告',
    days: 0,
    category: 'procurement',
    stage: 'tenderNotice',
    steps: [[AUTHOR, 'submitUrgent', '汛期应急，须当日公开。']],
  },
  {
    title: '曲阜市（演示）医用耗材采购公告',
    days: 2,
    category: 'medical',
    stage: 'tenderNotice',
    steps: [SUBMIT, OPEN, FIRST],
  },
  {
    title: '曲阜市（演示）厂房资产转让披露',
    days: 2,
    category: 'property',
    stage: 'propertyListing',
    steps: [SUBMIT, OPEN, FIRST, FINAL],
    later: true,
  },
  {
    title: '曲阜市（演示）停车场经营权公告',
    days: 4,
    category: 'general',
    stage: 'tenderNotice',
    steps: [SUBMIT, OPEN, ['chushen', 'returnFirst', '请补充经营期限和联系人。']],
  },
  {
    title: '曲阜市（演示）重复录入的公告',
    days: 5,
    category: 'procurement',
    stage: 'tenderNotice',
    steps: [[AUTHOR, 'discard', '重复录入。']],
  },
];

/** Work in every queue of the console, by the fictional staff. Nothing of it is published of itself for days. Does nothing where there are drafts. */
export async function loadDemoDrafts(db: Db, now: Instant): Promise<void> {
  if (db.select({ id: drafts.id }).from(drafts).limit(1).get()) return;
  const accounts = new Map(listAccounts(db, null).map(({ loginName, id }) => [loginName, id]));
  if (!accounts.has(AUTHOR)) return;
  const desk = new DraftDesk({
    db,
    write: async (write) => db.$client.transaction(() => write(db)).immediate(),
    calendar: createWorkingCalendar(),
  });
  const session = (loginName: string, at: Instant): Session => toSession(db, accounts.get(loginName) ?? '', at);
  for (const { title, days, category, stage, steps, later } of PLAN) {
    const at = addDays(now, -days);
    const publishAt = later ? addDays(now, 3) : null;
    const bodyHtml = '<p>本公告为演示用的虚构内容。</p>';
    const content = emptyContent({
      category,
      stage,
      title,
      bodyHtml,
      publishAt,
      fields: fillIn({ category, stage }, now),
    });
    let row: DraftRow = await desk.create(session(AUTHOR, at), 'qufu', content);
    for (const [who, event, reason] of steps) row = await desk.act(session(who, at), row, { event, reason });
  }
}

function toSession(db: Db, accountId: string, now: Instant): Session {
  const { loginName, displayName, county, roles } = getAccount(db, accountId);
  const doer: Doer = { actor: accountActor(accountId), roles, address: '', now };
  const officer = { accountId, roles, county, hasSecondFactor: true, isSteppedUp: true };
  return { id: '', hash: '', loginName, displayName, officer, doer };
}
