import { DUTY_ITEMS, type DutyItem } from '../disclosure-score/items.ts';
import type { Stage } from '../stages.ts';
import { addDays } from '../time/time.ts';

/** Where things are published, as the catalogue abbreviates it. */
export const CHANNELS = {
  GW: '政府网站',
  DW: '主管部门网站',
  TP: '公共资源交易平台',
  BP: '招标投标公共服务平台',
  PN: '中国政府采购网及地方分网',
  LM: '中国土地市场网',
  CC: '信用中国',
  EX: '产权交易机构网站',
} as const;
export type Channel = keyof typeof CHANNELS;

/** Fields of the catalogue, as its first column has them. */
export const CATALOGUE_FIELDS = [
  '工程建设项目招标投标',
  '政府采购',
  '国有土地使用权出让',
  '矿业权出让',
  '国有产权交易',
] as const;

/** An item of the catalogue of disclosure of public-resource trading 公共资源交易领域基层政务公开标准目录. */
export interface CatalogueItem extends DutyItem {
  /** 序号. */
  number: number;
  /** 公开内容（要素）. */
  elements: string;
  channels: readonly Channel[];
  /** Stages of the notices that publish it here; none where it is published elsewhere. */
  stages: readonly Stage[];
  /** It is there only when something happens: without it nothing is missing. */
  isOccasional: boolean;
  /** Whether the exposure board shows it, as far as departments hand it over. */
  isOnBoard: boolean;
}

type More = [elements: string, channels: string, stages: string, occasional?: 'occasional'];

/** What the items have beyond whose duty they are; 公开对象 is 全社会, 公开方式 主动 throughout. */
const MORE: readonly More[] = [
  ['招标内容、范围、组织形式、方式、估算金额、审批部门', 'GW DW', ''],
  ['项目名称、资金来源、资格条件、申请文件获取、截止时间', 'BP TP', 'prequalificationNotice', 'occasional'],
  ['招标人、项目名称、规模、资金来源、资格条件、文件获取、投标截止时间', 'BP TP', 'tenderNotice'],
  ['候选人排序、名称、报价、质量、工期、项目负责人、异议渠道', 'BP TP', 'candidateNotice'],
  ['中标人名称、中标价、工期、项目负责人', 'BP TP', 'awardNotice'],
  [
    '澄清或修改的内容、终止或失败的原因',
    'BP TP',
    'clarification correctionNotice terminationNotice failureNotice',
    'occasional',
  ],
  ['当事人、金额、期限、质量要求、签订时间', 'TP', 'contractNotice'],
  ['进度、价款和工期变更、竣工、结算', 'TP', 'performanceNotice', 'occasional'],
  ['当事人、事实、依据、决定、日期、机关', 'GW DW CC', ''],
  ['资质、业绩、奖惩、不良行为', 'DW CC', ''],
  ['采购项目名称、需求概况、预算金额、预计采购时间', 'PN TP', 'procurementIntention'],
  ['经批复的项目预算金额、分年安排', 'PN TP', 'tenderNotice'],
  ['采购人、项目名称、预算、资格要求、文件获取、截止时间', 'PN TP', 'tenderNotice prequalificationNotice'],
  ['采购人、项目名称、预算、供应商条件、时间和地点', 'PN TP', 'tenderNotice'],
  ['采购人、项目内容、理由、拟定供应商、专家意见', 'PN TP', 'singleSourceNotice', 'occasional'],
  ['采购文件全文', 'PN TP', 'tenderNotice'],
  ['原公告信息、更正事项、内容和日期', 'PN TP', 'correctionNotice', 'occasional'],
  ['成交供应商、金额、主要标的、评审专家、代理费', 'PN TP', 'awardNotice'],
  ['终止的原因', 'PN TP', 'failureNotice terminationNotice', 'occasional'],
  ['合同当事人、标的、金额、期限、签订日期', 'PN TP', 'contractNotice'],
  ['验收日期、成员、结论', 'PN TP', 'acceptanceNotice', 'occasional'],
  ['当事人、事实、依据、决定', 'PN DW', 'complaintDecision supervisionDecision', 'occasional'],
  ['考核方法、内容、结果', 'PN DW', ''],
  ['总量、结构、时序、地块、用途', 'GW LM', 'landSupplyPlan', 'occasional'],
  ['地块位置、面积、用途、年限、起始价、保证金、时间', 'LM TP', 'landOffering'],
  ['变更的内容、中止的原因', 'LM TP', 'landOfferingSupplement suspensionNotice', 'occasional'],
  ['地块、面积、用途、成交价、受让人', 'LM TP', 'landDealNotice'],
  ['合同编号、地块、年限、价款、开竣工时间', 'LM GW', 'landResult'],
  ['当事人、事实、措施', 'DW CC', ''],
  ['矿种、范围、期限、起始价、条件、时间', 'DW TP', 'miningOffering'],
  ['矿业权、面积、理由、受让人', 'DW', ''],
  ['矿业权、成交价、竞得人、缴纳时间', 'DW TP', 'miningDealNotice'],
  ['许可证号、权利人、矿种、面积、期限', 'DW', 'miningRegistration', 'occasional'],
  ['权利人、项目、转让双方', 'DW', ''],
  ['决策文件、批准文件、日期', 'EX DW', ''],
  ['转让标的、企业情况、产权结构、决策批准、拟披露内容', 'EX TP', 'propertyPreDisclosure', 'occasional'],
  ['转让标的、底价、受让条件、交易方式、时间', 'EX TP', 'propertyListing'],
  ['变更、中止、终结的内容和原因', 'EX TP', 'propertyListingChange', 'occasional'],
  ['审计、评估机构及结果', 'EX', ''],
  ['标的、评估结果、底价、成交价', 'EX TP', 'propertyDeal'],
];

/** Penalties and credit information: what departments hand over stands on the exposure board. */
const ON_BOARD: ReadonlySet<number> = new Set([9, 10, 29]);

const words = (text: string) => (text === '' ? [] : text.split(' '));

/** The forty items in their order. The order and the grouping are to be held against the city's own list. */
export const CATALOGUE: readonly CatalogueItem[] = Object.entries(DUTY_ITEMS).map(([key, duty]) => {
  const [elements = '', channels = '', stages = '', occasional] = MORE[Number(key) - 1] ?? [];
  return {
    ...duty,
    ...{ number: Number(key), elements, isOccasional: occasional !== undefined, isOnBoard: ON_BOARD.has(Number(key)) },
    ...{ channels: words(channels) as Channel[], stages: words(stages) as Stage[] },
  };
});

/** How an item stands. */
export const ITEM_STATES = {
  fresh: '有更新',
  stale: '超期未更新',
  missing: '没有内容',
  notApplicable: '不适用',
} as const;
export type ItemState = keyof typeof ITEM_STATES;

/** Days after which a section that goes on is stale: half a year, as the inspection of government websites has it (国办秘函〔2019〕19号). */
export const STALE_AFTER_DAYS = 183;

/** What was published here under an item. */
export interface ItemCount {
  count: number;
  /** `YYYY-MM-DD`; null where there is none. */
  latest: string | null;
}

/**
 * The state of an item on a day, with the reason in words. `inCategory` is how many notices its category has at all: an item of which this
 * city has no projects is not missing, nor is one that is published elsewhere or that only comes when something happens.
 */
export function itemState(
  item: CatalogueItem,
  { count, latest }: ItemCount,
  inCategory: number,
  today: string,
): { state: ItemState; reason: string } {
  const elsewhere = item.channels
    .filter((channel) => channel !== 'TP')
    .map((channel) => CHANNELS[channel])
    .join('、');
  if (item.stages.length === 0) return { state: 'notApplicable', reason: `不在本平台公开，见${elsewhere}` };
  if (inCategory === 0) return { state: 'notApplicable', reason: '本市目前没有这类项目' };
  if (latest === null && item.isOccasional) return { state: 'notApplicable', reason: '没有发生' };
  if (latest === null) return { state: 'missing', reason: '应在本平台公开，没有找到内容' };
  const isOld = latest < addDays(today, -STALE_AFTER_DAYS).slice(0, 10);
  if (isOld && item.isOccasional) return { state: 'notApplicable', reason: `近期没有发生，最近一次 ${latest}` };
  return isOld
    ? { state: 'stale', reason: `最近一次 ${latest}，超过 ${STALE_AFTER_DAYS} 天` }
    : { state: 'fresh', reason: `共 ${count} 条，最近 ${latest}` };
}
