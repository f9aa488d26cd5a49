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
