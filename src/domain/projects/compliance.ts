import type { WorkingCalendar } from '../calendar/working-days.ts';
import type { Category } from '../categories.ts';
import type { Deal } from '../deals/deal.ts';
import type { NoticeSummary } from '../site/views.ts';
import { type Stage, type StageEffect, stageDefinition } from '../stages.ts';
import { endOf, within } from '../time/moment.ts';
import { listRounds, type Round } from './rounds.ts';
import { type LimitCheck, type TimeLimitId, verifyLimit } from './time-limits.ts';

const WAN = 1_000_000;

/** A legal time limit held against the public dates of a project. */
export interface ComplianceCheck extends LimitCheck {
  /** What was measured and on what terms. */
  note: string;
  /** Which call it is about: 2 for the first 重新招标. */
  round: number;
  /** The lots that it is about, as they are called; empty where it is the whole project. */
  lots: string[];
}
type RoundCheck = LimitCheck & { note: string };

/**
 * Checks of the limits that bear on a project, for each round and, where lots went their own ways, each lot. A check speaks only when
 * both dates are public; medical and general trading have no statutory checklist, mining's rules are not confirmed: none there.
 */
export function listComplianceChecks(
  category: Category,
  notices: readonly NoticeSummary[],
  deal: Deal,
  calendar: WorkingCalendar,
): ComplianceCheck[] {
  const checks = listRounds(deal, notices).flatMap((round) =>
    CHECKS[category](round, calendar).map((found) => ({ ...found, round: round.number, lots: round.lots })),
  );
  return mergeLots(checks, deal.lots.length);
}

/** What is found alike of several lots of a round is told once. */
function mergeLots(checks: readonly ComplianceCheck[], lots: number): ComplianceCheck[] {
  const merged = new Map<string, ComplianceCheck>();
  for (const { lots: own, ...found } of checks) {
    const key = JSON.stringify(found);
    const before = merged.get(key);
    merged.set(key, { ...found, lots: before ? [...before.lots, ...own] : own });
  }
  return [...merged.values()].map((found) => (found.lots.length === lots ? { ...found, lots: [] } : found));
}

const CHECKS: Record<Category, (round: Round, calendar: WorkingCalendar) => RoundCheck[]> = {
  construction: listConstructionChecks,
  procurement: listProcurementChecks,
  land: listLandChecks,
  mining: () => [],
  property: listPropertyChecks,
  medical: () => [],
  general: () => [],
};

/** An instant of the day of the deadline, to count days to. */
const closingDay = ({ deadline }: Round) => deadline && within(deadline);

const dateOf = ({ notices }: Round, ...stages: Stage[]) =>
  notices.find(({ stage }) => stages.includes(stage))?.publishedAt ?? null;

function check(
  id: TimeLimitId,
  from: string | null,
  to: string | null,
  note: string,
  calendar: WorkingCalendar,
): RoundCheck {
  return { ...verifyLimit(id, from, to, calendar), note };
}

const CHANGES_DOCUMENTS: Record<StageEffect, boolean> = {
  calls: false,
  tells: false,
  proposes: false,
  explains: true,
  corrects: true,
  amends: false,
  suspends: false,
  resumes: false,
  fails: false,
  terminates: false,
};

/** Whether a clarification or correction is material cannot be told from its dates: too short a time stays undecided. */
function listChangeChecks(id: TimeLimitId, { notices, deadline }: Round, calendar: WorkingCalendar): RoundCheck[] {
  const last = notices.findLast(({ stage }) => CHANGES_DOCUMENTS[stageDefinition(stage).effect]);
  if (!last || !deadline || last.publishedAt > endOf(deadline)) return [];
  const found = check(
    id,
    last.publishedAt,
    within(deadline),
    '最近一次澄清、更正至截止时间；仅当内容可能影响文件编制时适用',
    calendar,
  );
  return [found.state === 'breached' ? { ...found, state: 'unknown' } : found];
}

/** The letter goes out with the result (《招标投标法》第四十五条): that day is the first of which its sending can be shown. */
const CONTRACT_NOTE =
  '中标结果发布日至合同载明的签订日；中标通知书发出之日未单独公开，以中标结果发布日计，通知书确在其后发出的，期限顺延';

function listConstructionChecks(round: Round, calendar: WorkingCalendar): RoundCheck[] {
  const award = dateOf(round, 'awardNotice');
  const candidates = round.notices.findLast(({ stage }) => stage === 'candidateNotice')?.publishedAt ?? null;
  return [
    check(
      'C-03',
      dateOf(round, 'tenderNotice'),
      closingDay(round),
      '招标公告发布日至投标截止；文件发出之日未单独公开，以公告发布日计，适用于依法必须招标的项目',
      calendar,
    ),
    ...listChangeChecks('C-04', round, calendar),
    ...(candidates || award
      ? [
          check(
            'C-07',
            candidates,
            award,
            '候选人公示发布日至中标结果发布日；公示期在此期间内，适用于依法必须招标的项目',
            calendar,
          ),
        ]
      : []),
    ...(award ? [check('C-08', award, round.signedAt, CONTRACT_NOTE, calendar)] : []),
  ];
}

function listProcurementChecks(round: Round, calendar: WorkingCalendar): RoundCheck[] {
  const call = round.notices.find(({ stage }) => stage === 'tenderNotice');
  const intention = dateOf(round, 'procurementIntention');
  const checks: RoundCheck[] = [];
  if (intention) {
    checks.push(
      check('G-01', intention, call?.publishedAt ?? null, '采购意向公开日至采购公告发布日；原则性要求', calendar),
    );
  }
  const rule = call && findProcurementRule(call);
  if (rule) {
    const note = '采购公告发布日至截止；文件发出之日未单独公开，以公告发布日计';
    checks.push(check(rule, call.publishedAt, closingDay(round), note, calendar));
  }
  if (rule === 'G-04') checks.push(...listChangeChecks('G-05', round, calendar));
  const contract = dateOf(round, 'contractNotice');
  if (contract) checks.push(check('G-13', round.signedAt, contract, '合同载明的签订日至合同公告发布日', calendar));
  return checks;
}

/** The rule of the procurement method; none when the notice does not say the method plainly. */
function findProcurementRule({ title, facts }: NoticeSummary): TimeLimitId | undefined {
  const text = facts.procurementMethod?.text ?? title;
  if (text.includes('磋商')) return 'G-09';
  if (/谈判|询价/.test(text)) return 'G-08';
  return /公开招标|邀请招标/.test(text) ? 'G-04' : undefined;
}

function listLandChecks(round: Round, calendar: WorkingCalendar): RoundCheck[] {
  const deal = dateOf(round, 'landDealNotice');
  const checks = [
    check(
      'L-01',
      dateOf(round, 'landOffering'),
      round.opening?.at ?? null,
      '出让公告发布日至招标、拍卖、挂牌开始日',
      calendar,
    ),
  ];
  if (deal) checks.push(check('L-03', closingDay(round), deal, '挂牌（竞买）截止日至成交公示发布日', calendar));
  return checks;
}

/** Only sales of equity and of assets are under the rule; leases and unclear objects are not judged. */
function listPropertyChecks(round: Round, calendar: WorkingCalendar): RoundCheck[] {
  const listing = round.notices.find(({ stage }) => stage === 'propertyListing');
  if (!listing || /租/.test(listing.title)) return [];
  const price = listing.facts.listingPrice?.fen;
  const equity = /股权|产权转让/.test(listing.title);
  if (!equity && (price === undefined || price <= 100 * WAN)) return [];
  const rule = equity ? 'P-01' : (price ?? 0) > 1000 * WAN ? 'P-04b' : 'P-04a';
  return [
    check(rule, listing.publishedAt, closingDay(round), '信息披露起始日至披露期满日；适用于企业国有资产', calendar),
  ];
}
