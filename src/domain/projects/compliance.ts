import type { WorkingCalendar } from '../calendar/working-days.ts';
import type { Category } from '../categories.ts';
import type { NoticeSummary } from '../site/views.ts';
import { type Stage, type StageEffect, stageDefinition } from '../stages.ts';
import { endOf, within } from '../time/moment.ts';
import { type LimitCheck, type TimeLimitId, verifyLimit } from './time-limits.ts';
import { findDeadline } from './timeline.ts';

const WAN = 1_000_000;

/** A legal time limit held against the public dates of a project. */
export interface ComplianceCheck extends LimitCheck {
  /** What was measured and on what terms. */
  note: string;
}

/**
 * Checks of the limits that bear on a project. A check speaks only when both dates are public; medical and general
 * trading have no statutory checklist, mining's rules are not confirmed: none there.
 */
export function listComplianceChecks(
  category: Category,
  notices: readonly NoticeSummary[],
  calendar: WorkingCalendar,
): ComplianceCheck[] {
  return CHECKS[category](notices, calendar);
}

const CHECKS: Record<Category, (notices: readonly NoticeSummary[], calendar: WorkingCalendar) => ComplianceCheck[]> = {
  construction: listConstructionChecks,
  procurement: listProcurementChecks,
  land: listLandChecks,
  mining: () => [],
  property: listPropertyChecks,
  medical: () => [],
  general: () => [],
};

/** An instant of the day of the deadline, to count days to. */
const closingDay = (notices: readonly NoticeSummary[]) => {
  const deadline = findDeadline(notices);
  return deadline && within(deadline);
};

const dateOf = (notices: readonly NoticeSummary[], ...stages: Stage[]) =>
  notices.find(({ stage }) => stages.includes(stage))?.publishedAt ?? null;

function check(
  id: TimeLimitId,
  from: string | null,
  to: string | null,
  note: string,
  calendar: WorkingCalendar,
): ComplianceCheck {
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
function listChangeChecks(
  id: TimeLimitId,
  notices: readonly NoticeSummary[],
  calendar: WorkingCalendar,
): ComplianceCheck[] {
  const last = notices.findLast(({ stage }) => CHANGES_DOCUMENTS[stageDefinition(stage).effect]);
  const deadline = findDeadline(notices);
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

function listConstructionChecks(notices: readonly NoticeSummary[], calendar: WorkingCalendar): ComplianceCheck[] {
  const award = dateOf(notices, 'awardNotice');
  const candidates = notices.findLast(({ stage }) => stage === 'candidateNotice')?.publishedAt ?? null;
  return [
    check(
      'C-03',
      dateOf(notices, 'tenderNotice'),
      closingDay(notices),
      '招标公告发布日至投标截止；文件发出之日未单独公开，以公告发布日计，适用于依法必须招标的项目',
      calendar,
    ),
    ...listChangeChecks('C-04', notices, calendar),
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
    ...(award ? [check('C-08', null, null, '中标通知书发出之日至合同订立之日', calendar)] : []),
  ];
}

function listProcurementChecks(notices: readonly NoticeSummary[], calendar: WorkingCalendar): ComplianceCheck[] {
  const call = notices.find(({ stage }) => stage === 'tenderNotice');
  const intention = dateOf(notices, 'procurementIntention');
  const checks: ComplianceCheck[] = [];
  if (intention) {
    checks.push(
      check('G-01', intention, call?.publishedAt ?? null, '采购意向公开日至采购公告发布日；原则性要求', calendar),
    );
  }
  const rule = call && findProcurementRule(call);
  if (rule) {
    const note = '采购公告发布日至截止；文件发出之日未单独公开，以公告发布日计';
    checks.push(check(rule, call.publishedAt, closingDay(notices), note, calendar));
  }
  if (rule === 'G-04') checks.push(...listChangeChecks('G-05', notices, calendar));
  if (dateOf(notices, 'contractNotice'))
    checks.push(check('G-13', null, null, '合同签订之日至合同公告发布日', calendar));
  return checks;
}

/** The rule of the procurement method; none when the notice does not say the method plainly. */
function findProcurementRule({ title, facts }: NoticeSummary): TimeLimitId | undefined {
  const text = facts.procurementMethod?.text ?? title;
  if (text.includes('磋商')) return 'G-09';
  if (/谈判|询价/.test(text)) return 'G-08';
  return /公开招标|邀请招标/.test(text) ? 'G-04' : undefined;
}

function listLandChecks(notices: readonly NoticeSummary[], calendar: WorkingCalendar): ComplianceCheck[] {
  const offering = notices.find(({ stage }) => stage === 'landOffering');
  const deal = dateOf(notices, 'landDealNotice');
  const checks = [
    check(
      'L-01',
      offering?.publishedAt ?? null,
      offering?.openingAt ?? null,
      '出让公告发布日至招标、拍卖、挂牌开始日',
      calendar,
    ),
  ];
  if (deal) checks.push(check('L-03', closingDay(notices), deal, '挂牌（竞买）截止日至成交公示发布日', calendar));
  return checks;
}

/** Only sales of equity and of assets are under the rule; leases and unclear objects are not judged. */
function listPropertyChecks(notices: readonly NoticeSummary[], calendar: WorkingCalendar): ComplianceCheck[] {
  const listing = notices.find(({ stage }) => stage === 'propertyListing');
  if (!listing || /租/.test(listing.title)) return [];
  const price = listing.facts.listingPrice?.fen;
  const equity = /股权|产权转让/.test(listing.title);
  if (!equity && (price === undefined || price <= 100 * WAN)) return [];
  const rule = equity ? 'P-01' : (price ?? 0) > 1000 * WAN ? 'P-04b' : 'P-04a';
  return [
    check(rule, listing.publishedAt, closingDay(notices), '信息披露起始日至披露期满日；适用于企业国有资产', calendar),
  ];
}
