import type { NoticeSummary } from '../site/views.ts';
import { endOf, type Moment, toMoment } from '../time/moment.ts';
import { formatDateTime } from '../time/time.ts';
import type { DealState } from './deal.ts';

/** What people call the states, whatever is traded. */
export const DEAL_STATE_LABELS: Record<DealState, string> = {
  planned: '计划',
  open: '正在进行',
  closed: '已截止',
  suspended: '中止（暂停）',
  publicity: '候选人公示中',
  awarded: '已定标（成交）',
  contracted: '已签合同',
  performed: '已履约（验收）',
  failed: '流标（废标）',
  terminated: '终止',
};

/** The deadline that lists show of a notice: the one that counts where it stands for the bidding, else its own. */
export function listedDeadline({
  closesAt,
  deadlineAt,
  deadlinePrecision,
}: Pick<NoticeSummary, 'closesAt' | 'deadlineAt' | 'deadlinePrecision'>): Moment | null {
  const own = toMoment(deadlineAt, deadlinePrecision);
  if (closesAt === null || (own && endOf(own) === closesAt)) return own;
  // What closes at midnight is open to the end of the day before.
  return { at: closesAt, precision: formatDateTime(closesAt).endsWith(' 00:00') ? 'endOfDay' : 'minute' };
}

/** What a deadline is said with: `已更改，以更正公告为准` where it does not count any more, `已更正` where it is not the notice's own. */
export function deadlineRemark({
  closesAt,
  superseded,
  dealState,
}: Pick<NoticeSummary, 'closesAt' | 'superseded' | 'dealState'>): string {
  if (closesAt !== null) return superseded?.how === 'deadline' ? '已更正' : '';
  if (superseded?.how === 'deadline') return '已更改，以更正公告为准';
  if (dealState === 'suspended' || dealState === 'failed' || dealState === 'terminated')
    return `项目${DEAL_STATE_LABELS[dealState]}`;
  return '';
}
