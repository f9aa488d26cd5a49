import { Document, Packer, Paragraph } from 'docx';
import type { Db } from '#db/client.ts';
import { drafts } from '#db/schema/drafts.ts';
import type { Intake } from '#src/attachments/intake.ts';
import { createWorkingCalendar } from '#src/domain/calendar/working-days.ts';
import { type DraftContent, emptyContent } from '#src/domain/drafts/content.ts';
import type { PersonEvent } from '#src/domain/drafts/transitions.ts';
import { addDays, type Instant } from '#src/domain/time/time.ts';
import { listAccounts } from '#src/staff/accounts.ts';
import { AttachmentDesk } from '#src/staff/attachments/desk.ts';
import { DraftDesk } from '#src/staff/drafts/desk.ts';
import { type ReleaseParts, releaseDraft } from '#src/staff/drafts/release.ts';
import { contentOf, type DraftRow, getDraft } from '#src/staff/drafts/store.ts';
import type { AttachmentUrl } from '#src/staff/drafts/to-notice.ts';
import type { Write } from '#src/staff/sign-in.ts';
import { demoSession } from '../session.ts';
import { fillIn } from './fill-form.ts';

type Step = [who: string, event: Exclude<PersonEvent, 'edit'>, reason: string];

const AUTHOR = 'qufu.jingban';
const BODY = '<p>本公告为演示用的虚构内容。</p>';
const LONGEST_FILE = 1024 * 1024;
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

/** Where the files of drafts go, and the address at which the public gets them. */
export interface DemoFiles {
  intake: Intake;
  urlOf: AttachmentUrl;
}

/**
 * Work in every queue of the console, by the fictional staff, and notices of theirs in every state that a published one can be in. Nothing
 * more is published of itself for days. Does nothing where there are drafts.
 */
export async function loadDemoDrafts(db: Db, now: Instant, files: DemoFiles): Promise<void> {
  if (db.select({ id: drafts.id }).from(drafts).limit(1).get()) return;
  if (!listAccounts(db, null).some(({ loginName }) => loginName === AUTHOR)) return;
  const write: Write = async (write) => db.$client.transaction(() => write(db)).immediate();
  const calendar = createWorkingCalendar();
  const desk = new DraftDesk({ db, write, calendar });
  for (const { title, days, category, stage, steps, later } of PLAN) {
    const at = addDays(now, -days);
    const publishAt = later ? addDays(now, 3) : null;
    const fields = fillIn({ category, stage }, now);
    const content = emptyContent({ category, stage, title, bodyHtml: BODY, publishAt, fields });
    let row: DraftRow = await desk.create(demoSession(db, AUTHOR, at), 'qufu', content);
    for (const [who, event, reason] of steps) row = await desk.act(demoSession(db, who, at), row, { event, reason });
  }
  const attachments = new AttachmentDesk({ db, write, calendar, intake: files.intake, longestFile: LONGEST_FILE });
  await attachDemoFiles({ db, desk, attachments }, now);
  await publishDemoDrafts({ db, desk, attachments }, now, { calendar, urlOf: files.urlOf });
}

interface Desks {
  db: Db;
  desk: DraftDesk;
  attachments: AttachmentDesk;
}

const SPECIFICATION = { category: 'procurement', stage: 'tenderNotice' } as const;

/** A draft whose attachments hold what the screening finds: a number to call, and who wrote the document. */
async function attachDemoFiles({ db, desk, attachments }: Desks, now: Instant): Promise<void> {
  const session = demoSession(db, AUTHOR, now);
  const title = '曲阜市（演示）教学仪器采购公告';
  const fields = fillIn(SPECIFICATION, now);
  const { id } = await desk.create(session, 'qufu', emptyContent({ ...SPECIFICATION, title, bodyHtml: BODY, fields }));
  const text = Buffer.from('采购需求（演示，均为虚构）：教学仪器 30 套。联系电话 13900000000。');
  const document = new Document({
    creator: '虚构的人',
    sections: [{ children: [new Paragraph('评分办法（演示，均为虚构）。')] }],
  });
  await attachments.receive(session, id, '采购需求.txt', chunk(text));
  await attachments.receive(session, id, '评分办法.docx', chunk(await Packer.toBuffer(document)));
}

async function* chunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** What became of published ones: one stands, one was corrected, one explained, one taken back, one is archived. */
const FATES = ['', 'correctionNotice', 'clarification', 'withdraw', 'archive'] as const;
const NAMES = ['图书设备', '体育器材', '路灯', '护栏', '档案柜'];

async function publishDemoDrafts({ db, desk }: Desks, now: Instant, parts: ReleaseParts): Promise<void> {
  for (const [index, fate] of FATES.entries()) {
    const at = addDays(now, -20 + index);
    const session = (who: string) => demoSession(db, who, at);
    const publish = async (begun: DraftRow): Promise<string> => {
      let row = begun;
      for (const [who, event, reason] of [SUBMIT, OPEN, FIRST, FINAL])
        row = await desk.act(session(who), row, { event, reason });
      releaseDraft(db, row.id, at, parts);
      return row.id;
    };
    const code = `YS-QF-${index + 1}`;
    const title = `曲阜市（演示）${NAMES[index]}采购公告`;
    const fields = fillIn(SPECIFICATION, now, { projectCode: code, projectName: `${NAMES[index]}采购（演示）` });
    const content = emptyContent({ ...SPECIFICATION, title, projectCode: code, bodyHtml: BODY, fields });
    const id = await publish(await desk.create(session(AUTHOR), 'qufu', content));
    if (fate === 'archive') await desk.act(session('bianji'), getDraft(db, id), { event: 'archive', reason: '' });
    if (fate === '' || fate === 'archive') continue;
    const follow = await desk.follow(session(AUTHOR), id, fate);
    const begun = contentOf(follow) as DraftContent;
    const filled = fate === 'withdraw' ? {} : fillIn({ category: 'procurement', stage: fate }, now);
    const said = { ...begun, bodyHtml: BODY, reason: '演示：另行发布', fields: { ...begun.fields, ...filled } };
    await publish(await desk.save(session(AUTHOR), follow, said));
  }
}
