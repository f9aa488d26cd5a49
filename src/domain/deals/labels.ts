import type { NoticeSummary } from '../site/views.ts';
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

/** What a deadline is said with that does not count any more: `已更改，以更正公告为准`; empty while it counts. */
export function deadlineRemark({
  closesAt,
  superseded,
  dealState,
}: Pick<NoticeSummary, 'closesAt' | 'superseded' | 'dealState'>): string {
  if (closesAt !== null) return '';
  if (superseded?.how === 'deadline') return '已更改，以更正公告为准';
  if (dealState === 'suspended' || dealState === 'failed' || dealState === 'terminated')
    return `项目${DEAL_STATE_LABELS[dealState]}`;
  return '';
}
