import type { Db } from '#db/client.ts';
import { exposureDrafts } from '#db/schema/index.ts';
import type { WorkingCalendar } from '#src/domain/calendar/working-days.ts';
import type { ExposureForm } from '#src/domain/exposures/drafts/form.ts';
import { addDays, formatDate, type Instant } from '#src/domain/time/time.ts';
import { ExchangeDesk, type FileRecord } from '#src/staff/exchange/desk.ts';
import { ExposureDesk } from '#src/staff/exposures/desk.ts';
import type { Session } from '#src/staff/sessions.ts';
import { demoSession } from './session.ts';

/** A fictional decision; each number is another one. */
const form = (number: number, decisionDate: string, change: Partial<ExposureForm> = {}): ExposureForm => ({
  board: 'exposure',
  kind: 'penalty',
  list: '',
  subjectType: 'supplier',
  partyName: `演示第${number}建设工程有限公司`,
  uscc: '',
  violation: '提供虚假业绩证明材料谋取中标（演示）',
  facts: '经查明，该单位提交的业绩证明系伪造。本条为演示数据，单位、文号、事实均为虚构。',
  decisionNo: `演示财罚〔2026〕${900 + number}号`,
  authority: '济宁市财政局（演示）',
  decisionDate,
  grade: 'general',
  minorReason: '',
  legalBasis: '《政府采购法》第七十七条',
  penaltyTypes: ['fine'],
  penaltyContent: '罚款 2 万元',
  fine: '20000',
  confiscated: '',
  validUntil: '',
  deadline: '',
  misconductEnd: '',
  projectCode: '',
  sourceUrl: '',
  evidence: `决定书复印件，演示收文 ${number} 号`,
  evidenceUrl: '',
  ...change,
});

const handed = (number: number, decisionDate: string, fields: Record<string, string> = {}): FileRecord => ({
  record: {
    board: 'exposure',
    kind: 'penalty',
    attachments: [],
    fields: {
      行政相对人名称: `演示第${number}建设工程有限公司`,
      行政处罚决定书文号: `演示财罚〔2026〕${900 + number}号`,
      违法行为类型: '无正当理由不签订合同',
      处罚内容: '罚款 1 万元',
      处罚机关: '济宁市财政局（演示）',
      处罚决定日期: decisionDate,
      ...fields,
    },
  },
});

/** Work for everybody who keeps the exposure board: fictional entries in every state, cases with their clocks, and what was exchanged. Once. */
export async function loadDemoExposures(db: Db, calendar: WorkingCalendar, now: Instant): Promise<void> {
  if (db.select({ id: exposureDrafts.id }).from(exposureDrafts).limit(1).get()) return;
  const write = async <Value>(work: (db: Db) => Value) => db.$client.transaction(() => work(db)).immediate();
  const desk = new ExposureDesk({ db, write, calendar });
  const [past, day] = [addDays(now, -12), formatDate(addDays(now, -30))];
  const [writer, reviewer] = [demoSession(db, 'jiandu', past), demoSession(db, 'fushen', past)];
  const clerk = demoSession(db, 'qufu.jingban', past);
  const act = async (session: Session, id: string, event: 'submit' | 'release' | 'returnToAuthor' | 'discard') => {
    const { revision } = desk.draft(session, id).row;
    await desk.act(session, { id, revision }, { event, reason: '已核对决定书原件（演示）' });
  };
  const release = async (number: number): Promise<string> => {
    const id = await desk.create(writer, 'jining', form(number, day));
    await act(writer, id, 'submit');
    await act(reviewer, id, 'release');
    return desk.draft(writer, id).row.exposureId ?? '';
  };
  await desk.create(clerk, 'qufu', form(1, day, { grade: '', evidence: '' }));
  const minor = form(2, day, { grade: 'minor', penaltyTypes: ['warning'], penaltyContent: '警告', fine: '' });
  await desk.create(writer, 'jining', minor);
  await act(clerk, await desk.create(clerk, 'qufu', form(3, day)), 'submit');
  const returned = await desk.create(writer, 'jining', form(4, day));
  await act(writer, returned, 'submit');
  await act(reviewer, returned, 'returnToAuthor');
  await act(writer, await desk.create(writer, 'jining', form(5, day)), 'discard');
  const [objected, repaired, revoked] = [await release(6), await release(7), await release(8)];
  const receive = (exposureId: string, kind: 'objection' | 'repair' | 'revocation') =>
    desk.openCase(writer, { exposureId, kind, receivedOn: formatDate(past), ground: '演示来函，请求核实' });
  await receive(objected, 'objection');
  await receive(repaired, 'repair');
  await receive(revoked, 'revocation');
  const [closing] = desk.entry(writer, revoked).cases;
  if (closing) await desk.closeCase(reviewer, closing, 'revoked', '演示撤销决定〔2026〕1 号');
  await exchangeDemo(new ExchangeDesk({ db, write, departments: [] }), writer, day);
}

async function exchangeDemo(exchange: ExchangeDesk, session: Session, day: string): Promise<void> {
  const partner = { county: 'jining', partner: '济宁市财政局（演示）' } as const;
  const records = [
    handed(9, day),
    handed(6, day),
    handed(10, day, { 行政处罚决定书文号: '' }),
    { reasons: ['kind：不是允许的值'] },
  ];
  await exchange.take(session, partner, records);
}
