import type { Category } from './categories.ts';

/** The step of a deal a stage belongs to; drives the timeline and the "open" state. */
export type StagePhase =
  | 'planning'
  | 'tender'
  | 'opening'
  | 'award'
  | 'contract'
  | 'performance'
  | 'ended'
  | 'decision';

interface StageDefinition {
  label: string;
  phase: StagePhase;
  /** OCDS release tag; `x_disposal.*` for sales of public assets, which OCDS does not model. */
  tag: string;
  categories: readonly Category[];
}

const TENDERS = ['construction', 'procurement', 'medical', 'general'] as const;
const ALL = ['construction', 'procurement', 'land', 'mining', 'property', 'medical', 'general'] as const;

/**
 * Notice stages 环节, in the order of a deal's life: those of 发改办法规〔2018〕1156号, the announcements of 财办库〔2020〕50号, and
 * those of sales of land, mining rights and property (国土资源部令第39号; 国资委、财政部令第32号).
 */
export const STAGES = {
  tenderPlan: { label: '招标计划', phase: 'planning', tag: 'planning', categories: ['construction'] },
  procurementIntention: {
    label: '采购意向',
    phase: 'planning',
    tag: 'planning',
    categories: ['procurement', 'medical', 'general'],
  },
  prequalificationNotice: { label: '资格预审公告', phase: 'tender', tag: 'tender', categories: TENDERS },
  prequalificationResult: { label: '资格预审结果', phase: 'tender', tag: 'tenderUpdate', categories: ['construction'] },
  tenderNotice: { label: '招标/采购公告', phase: 'tender', tag: 'tender', categories: TENDERS },
  singleSourceNotice: {
    label: '单一来源公示',
    phase: 'tender',
    tag: 'tender',
    categories: ['procurement', 'medical', 'general'],
  },
  clarification: { label: '澄清答疑', phase: 'tender', tag: 'tenderUpdate', categories: TENDERS },
  correctionNotice: { label: '更正公告', phase: 'tender', tag: 'tenderAmendment', categories: ALL },
  openingRecord: { label: '开标记录', phase: 'opening', tag: 'tenderUpdate', categories: TENDERS },
  candidateNotice: { label: '中标候选人公示', phase: 'award', tag: 'award', categories: TENDERS },
  awardNotice: { label: '中标（成交）结果', phase: 'award', tag: 'award', categories: TENDERS },
  failureNotice: { label: '流标/废标公告', phase: 'ended', tag: 'tenderCancellation', categories: ALL },
  terminationNotice: { label: '终止公告', phase: 'ended', tag: 'tenderCancellation', categories: ALL },
  suspensionNotice: { label: '中止（暂停）公告', phase: 'tender', tag: 'tenderUpdate', categories: ALL },
  resumptionNotice: { label: '恢复公告', phase: 'tender', tag: 'tenderUpdate', categories: ALL },
  contractNotice: { label: '合同公告', phase: 'contract', tag: 'contract', categories: TENDERS },
  performanceNotice: { label: '合同履约', phase: 'performance', tag: 'implementation', categories: TENDERS },
  acceptanceNotice: {
    label: '履约验收',
    phase: 'performance',
    tag: 'implementation',
    categories: ['procurement', 'medical', 'general'],
  },
  complaintDecision: {
    label: '投诉处理结果',
    phase: 'decision',
    tag: 'tenderUpdate',
    categories: ['construction', 'procurement'],
  },
  supervisionDecision: {
    label: '监督检查处理结果',
    phase: 'decision',
    tag: 'tenderUpdate',
    categories: ['procurement'],
  },
  landSupplyPlan: { label: '供应计划', phase: 'planning', tag: 'x_disposal.planning', categories: ['land'] },
  landOffering: { label: '出让公告', phase: 'tender', tag: 'x_disposal.listing', categories: ['land'] },
  landOfferingSupplement: {
    label: '补充公告',
    phase: 'tender',
    tag: 'x_disposal.listingAmendment',
    categories: ['land'],
  },
  landDealNotice: { label: '成交公示', phase: 'award', tag: 'x_disposal.award', categories: ['land'] },
  landResult: { label: '出让结果', phase: 'contract', tag: 'x_disposal.contract', categories: ['land'] },
  miningOffering: { label: '矿业权出让公告', phase: 'tender', tag: 'x_disposal.listing', categories: ['mining'] },
  miningDealNotice: { label: '矿业权成交公示', phase: 'award', tag: 'x_disposal.award', categories: ['mining'] },
  miningRegistration: { label: '登记公告', phase: 'contract', tag: 'x_disposal.contract', categories: ['mining'] },
  propertyPreDisclosure: {
    label: '信息预披露',
    phase: 'planning',
    tag: 'x_disposal.planning',
    categories: ['property'],
  },
  propertyListing: { label: '挂牌披露', phase: 'tender', tag: 'x_disposal.listing', categories: ['property'] },
  propertyListingChange: {
    label: '挂牌变更（延期）',
    phase: 'tender',
    tag: 'x_disposal.listingAmendment',
    categories: ['property'],
  },
  propertyDeal: { label: '产权成交公告', phase: 'award', tag: 'x_disposal.award', categories: ['property'] },
} as const satisfies Record<string, StageDefinition>;

export type Stage = keyof typeof STAGES;
export const STAGE_SLUGS = Object.keys(STAGES) as [Stage, ...Stage[]];

/** The definition of a stage, with its widened type. */
export function stageDefinition(stage: Stage): StageDefinition {
  return STAGES[stage];
}

/** Stages that notices of a category may have, in the order of a deal's life. */
export function stagesOf(category: Category): Stage[] {
  return STAGE_SLUGS.filter((stage) => stageDefinition(stage).categories.includes(category));
}
