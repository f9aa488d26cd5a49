import type { Category } from '../categories.ts';
import { type Stage, type StagePhase, stageDefinition } from '../stages.ts';
import { FACTS, type FactKey } from './facts.ts';

/** One word for all stages, or words by stage or phase, a stage's own before its phase's, and `otherwise` for the rest. */
type Word = string | ({ readonly otherwise: string } & { readonly [Each in Stage | StagePhase]?: string });
type Words = { readonly [Each in FactKey]?: Word };

/** What all who buy call things. */
const PURCHASE: Words = {
  agency: '代理机构',
  deposit: '投标保证金',
  clarificationDeadline: '提问（异议）截止时间',
  deadline: { otherwise: '投标截止时间', prequalificationNotice: '申请文件递交截止时间', planning: '截止时间' },
  opening: '开标时间',
  openingPlace: '开标地点',
  candidates: '中标候选人',
  bids: '投标报价',
  contractDate: '合同签订日期',
  terminationReason: {
    otherwise: '终止原因',
    failureNotice: '流标（废标）原因',
    suspensionNotice: '暂停原因',
  },
};

/** Announcements of government procurement (财办库〔2020〕50号); 公告期限 is how long one stands, 公示期 is for objections. */
const PROCUREMENT: Words = {
  ...PURCHASE,
  lotName: '采购包名称',
  lotCode: '采购包号',
  buyer: '采购人',
  agency: '采购代理机构',
  procurementMethod: '采购方式',
  budget: '预算金额',
  ceilingPrice: '最高限价',
  documentPeriod: { otherwise: '采购文件获取时间', prequalificationNotice: '资格预审文件获取时间' },
  deadline: {
    otherwise: '投标（响应）截止时间',
    prequalificationNotice: '申请文件递交截止时间',
    planning: '截止时间',
  },
  opening: '开标（开启）时间',
  openingPlace: '开标（开启）地点',
  publicityPeriod: { otherwise: '公告期限', singleSourceNotice: '公示期限', candidateNotice: '公示期' },
  supplier: {
    otherwise: '中标（成交）供应商',
    openingRecord: '投标人',
    candidateNotice: '中标（成交）候选人',
    contract: '供应商',
    performance: '供应商',
  },
  awardAmount: { otherwise: '中标（成交）金额', openingRecord: '报价', candidateNotice: '报价' },
  lots: '采购包',
  candidates: '中标（成交）候选人',
  bids: '报价',
  contractAmount: '合同金额',
  contractPeriod: '合同履行期限',
  location: '履约地点',
};

/** What all who grant or sell call things. */
const DISPOSAL: Words = {
  buyer: '出让人',
  procurementMethod: '出让方式',
  deposit: '竞买保证金',
  documentPeriod: '出让文件获取时间',
  opening: '拍卖（竞价）时间',
  openingPlace: '拍卖（竞价）地点',
  publicityPeriod: { otherwise: '公告期限', award: '公示期', contract: '公示期' },
  supplier: '竞得人',
  lots: '标的',
  candidates: '拟竞得人',
  bids: '报价',
  grantTerm: '出让年限',
  startPrice: '出让起始价',
  dealPrice: '成交价',
  appraisedValue: '评估价',
  listingPrice: '挂牌价',
  listingPeriod: '挂牌期限',
  terminationReason: { otherwise: '终止原因', failureNotice: '流标原因', suspensionNotice: '中止原因' },
};

/**
 * What a category's notices call a fact, where the general label of `FACTS` is not their word (国家发展改革委令第10号,
 * 财办库〔2020〕50号, 国土资源部令第39号, 国资委、财政部令第32号, and notices as they are published).
 */
export const FACT_WORDS: Readonly<Record<Category, Words>> = {
  construction: {
    ...PURCHASE,
    lotName: '标段名称',
    lotCode: '标段编号',
    buyer: '招标人',
    agency: '招标代理机构',
    procurementMethod: '招标方式',
    budget: { otherwise: '合同估算价', tenderPlan: '投资估算' },
    ceilingPrice: '招标控制价',
    documentPeriod: { otherwise: '招标文件获取时间', prequalificationNotice: '资格预审文件获取时间' },
    publicityPeriod: { otherwise: '公告期限', award: '公示期' },
    supplier: { otherwise: '中标人', openingRecord: '投标人', candidateNotice: '中标候选人' },
    awardAmount: { otherwise: '中标价', openingRecord: '投标报价', candidateNotice: '投标报价' },
    lots: '标段',
    contractAmount: '签约合同价',
    contractPeriod: '工期',
    location: '建设地点',
  },
  procurement: PROCUREMENT,
  medical: { ...PROCUREMENT, contractPeriod: '交货期', location: '交货地点' },
  general: {
    ...PROCUREMENT,
    agency: '代理机构',
    procurementMethod: '交易方式',
    supplier: {
      otherwise: '成交人',
      openingRecord: '投标人',
      candidateNotice: '成交候选人',
      contract: '供应商',
      performance: '供应商',
    },
    awardAmount: { otherwise: '成交金额', openingRecord: '报价', candidateNotice: '报价' },
    candidates: '成交候选人',
  },
  land: {
    ...DISPOSAL,
    deadline: { otherwise: '挂牌截止时间', planning: '截止时间' },
    supplier: { otherwise: '竞得人', contract: '受让人' },
    lots: '宗地',
    contractAmount: '合同价款',
    contractDate: '合同签订日期',
    location: '土地坐落',
    landArea: '土地面积',
    landUse: '土地用途',
  },
  mining: {
    ...DISPOSAL,
    deadline: '挂牌截止时间',
    supplier: { otherwise: '竞得人', contract: '受让人' },
    lots: '矿区',
    contractAmount: '合同价款',
    contractDate: '合同签订日期',
    parcelNo: '区块编号',
    parcels: '矿区',
    location: '矿区位置',
    landArea: '矿区面积',
    mineral: '矿种',
  },
  property: {
    ...DISPOSAL,
    deadline: { otherwise: '挂牌截止时间', planning: '截止时间' },
    projectName: '标的名称',
    lotName: '标的名称',
    lotCode: '标的编号',
    buyer: '转让方',
    agency: '受托机构',
    procurementMethod: '交易方式',
    deposit: '交易保证金',
    documentPeriod: '报名时间',
    supplier: '受让方',
    candidates: '意向受让方',
    startPrice: '竞价起始价',
    appraisedValue: '评估值',
    listingPeriod: '信息披露期',
    location: '标的位置',
    parcels: '标的',
  },
};

/** What notices of a category and stage call a fact; without a stage, what most of them do. */
export function factLabel(key: FactKey, category: Category, stage?: Stage): string {
  const word = FACT_WORDS[category][key] ?? FACTS[key].label;
  if (typeof word === 'string') return word;
  if (!stage) return word.otherwise;
  return word[stage] ?? word[stageDefinition(stage).phase] ?? word.otherwise;
}

/** Every word by which any category and stage calls a fact, its general label first. */
export function listFactWords(key: FactKey): string[] {
  const words = Object.values(FACT_WORDS).flatMap(({ [key]: word = [] }) =>
    typeof word === 'string' ? word : Object.values(word),
  );
  return [...new Set([FACTS[key].label, ...words.flat()])];
}
