const STAGE_WORDS = [
  '招标计划',
  '采购意向',
  '资格预审',
  '公开招标',
  '邀请招标',
  '竞争性磋商',
  '竞争性谈判',
  '单一来源',
  '框架协议',
  '征集',
  '询价',
  '招标',
  '采购',
  '中标候选人',
  '候选人',
  '预中标',
  '中标',
  '成交',
  '结果',
  '开标记录',
  '开标',
  '更正',
  '变更',
  '澄清',
  '答疑',
  '补充',
  '延期',
  '终止',
  '中止',
  '暂停',
  '恢复',
  '流标',
  '废标',
  '合同',
  '履约',
  '验收',
  '网上',
  '挂牌',
  '拍卖',
  '出让',
  '转让',
  '信息',
  '披露',
  '预披露',
  '需求',
  '意向',
  '计划',
].join('|');

const BRACKETS = '(?:[（(][^（）()]{0,20}[）)])*$';
const TAIL = new RegExp(`[-—_\\s]*(?:的)?(?:${STAGE_WORDS})*(?:公告|公示)(?:书|表)?${BRACKETS}`);
const STAGE = new RegExp(`[-—_\\s]*(?:的)?(?:${STAGE_WORDS})*(?:(?:公告|公示)(?:书|表)?)?(?=${BRACKETS})`);
const MINIMUM_LENGTH = 4;

/** The name of a project behind one of its notices: the title without the words that name the notice's stage. */
export function projectTitle(noticeTitle: string): string {
  return longEnough(noticeTitle.replace(TAIL, ''), noticeTitle);
}

/**
 * A title without the words that name its stage, for comparing sites that write them with sites that do not. What stands in
 * brackets behind them (a lot, a code) stays.
 */
export function titleWithoutStage(noticeTitle: string): string {
  return longEnough(noticeTitle.replace(STAGE, ''), noticeTitle);
}

function longEnough(name: string, title: string): string {
  const trimmed = name.trim();
  return trimmed.length >= MINIMUM_LENGTH ? trimmed : title;
}
