import type { WorkingCalendar } from '../calendar/working-days.ts';
import type { Category } from '../categories.ts';
import type { NoticeSummary } from '../site/views.ts';
import { endOf, type Moment, within } from '../time/moment.ts';
import { addDays, formatDate, type Instant } from '../time/time.ts';
import { AWAITS_HOLIDAY_PLAN, limitEnd, type TimeLimitId, timeLimit } from './time-limits.ts';

/** Something a reader can do about a project at present. */
export interface Remedy {
  text: string;
  /** Where the right comes from; null for what the notice itself asks. */
  law: string | null;
}

/** What a reader can do: bid, object, challenge. Only rights of confirmed rules; dates only where they follow from notices. */
export function listRemedies(
  category: Category,
  notices: readonly NoticeSummary[],
  deadline: Moment | null,
  now: Instant,
  calendar: WorkingCalendar,
): Remedy[] {
  const remedies: Remedy[] = [];
  if (deadline && endOf(deadline) > now) {
    remedies.push({ text: '有意参加的，按公告要求在截止时间前获取文件并提交。', law: null });
    remedies.push(...RIGHTS[category].toDocuments(deadline, now));
  }
  return [...remedies, ...RIGHTS[category].toResults(notices, now, calendar)];
}

/** Rights against the documents, while bids can be made, and against the results. */
interface Rights {
  toDocuments: (deadline: Moment, now: Instant) => Remedy[];
  toResults: (notices: readonly NoticeSummary[], now: Instant, calendar: WorkingCalendar) => Remedy[];
}

const UNCONFIRMED: Rights = { toDocuments: () => [], toResults: () => [] };
const RIGHTS: Record<Category, Rights> = {
  construction: { toDocuments: listDocumentObjections, toResults: listCandidateObjections },
  procurement: { toDocuments: () => [], toResults: listChallenges },
  land: UNCONFIRMED,
  mining: UNCONFIRMED,
  property: UNCONFIRMED,
  medical: UNCONFIRMED,
  general: UNCONFIRMED,
};

function listDocumentObjections(deadline: Moment, now: Instant): Remedy[] {
  const last = addDays(within(deadline), -timeLimit('C-05').limit);
  if (last <= now) return [];
  return [toRemedy('C-05', `对招标文件有异议的，可在 ${formatDate(last)}（投标截止 10 日前）以前向招标人提出。`)];
}

function listCandidateObjections(notices: readonly NoticeSummary[], now: Instant, calendar: WorkingCalendar): Remedy[] {
  const candidate = notices.findLast(({ stage }) => stage === 'candidateNotice');
  if (!candidate || notices.some(({ stage }) => stage === 'awardNotice')) return [];
  const earliest = limitEnd('C-07', candidate.publishedAt, calendar)?.at;
  if (!earliest || formatDate(earliest) < formatDate(now)) return [];
  return [
    toRemedy(
      'C-07',
      `对评标结果有异议的，应在公示期间向招标人提出；公示期不少于 3 日，不会早于 ${formatDate(earliest)} 结束，以公示为准。`,
    ),
  ];
}

function listChallenges(notices: readonly NoticeSummary[], now: Instant, calendar: WorkingCalendar): Remedy[] {
  const award = notices.findLast(({ stage }) => stage === 'awardNotice');
  const last = award && limitEnd('G-15', award.publishedAt, calendar);
  if (!award || !last || (last.isCertain && formatDate(last.at) < formatDate(now))) return [];
  const until = last.isCertain
    ? `自公告次日计至 ${formatDate(last.at)}`
    : `截止日${AWAITS_HOLIDAY_PLAN}，不早于 ${formatDate(last.at)}`;
  return [
    toRemedy(
      'G-15',
      `供应商认为结果使自己的权益受到损害的，可自知道或者应当知道之日起 7 个工作日内书面质疑（${until}）。`,
    ),
  ];
}

function toRemedy(id: TimeLimitId, text: string): Remedy {
  return { text, law: timeLimit(id).law };
}
