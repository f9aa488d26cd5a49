import { CATEGORY_SLUGS, type Category, isPurchase } from './categories.ts';

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

/** What a notice does to what earlier notices of its deal say, besides telling its own step. */
export type StageEffect =
  | 'calls'
  | 'tells'
  | 'proposes'
  | 'explains'
  | 'corrects'
  | 'amends'
  | 'suspends'
  | 'resumes'
  | 'fails'
  | 'terminates';

interface StageDefinition {
  label: string;
  phase: StagePhase;
  effect: StageEffect;
  /** OCDS release tag; `x_disposal.*` for sales of public assets, which OCDS does not model. */
  tag: string;
  categories: readonly Category[];
}

const ALL: readonly Category[] = CATEGORY_SLUGS;
const PURCHASES = ALL.filter(isPurchase);
const BUT_WORKS = PURCHASES.filter((category) => category !== 'construction');

/**
 * Notice stages 环节, in the order of a deal's life: those of 发改办法规〔2018〕1156号, the announcements of 财办库〔2020〕50号, and
 * those of sales of land, mining rights and property (国土资源部令第39号; 国资委、财政部令第32号).
 */
export const STAGES = {
  tenderPlan: { label: '招标计划', phase: 'planning', effect: 'tells', tag: 'planning', categories: ['construction'] },
  procurementIntention: {
    label: '采购意向',
    phase: 'planning',
    effect: 'tells',
    tag: 'planning',
    categories: BUT_WORKS,
  },
  prequalificationNotice: {
    label: '资格预审公告',
    phase: 'tender',
    effect: 'calls',
    tag: 'tender',
    categories: PURCHASES,
  },
  prequalificationResult: {
    label: '资格预审结果',
    phase: 'tender',
    effect: 'tells',
    tag: 'tenderUpdate',
    categories: ['construction'],
  },
  tenderNotice: { label: '招标/采购公告', phase: 'tender', effect: 'calls', tag: 'tender', categories: PURCHASES },
  singleSourceNotice: {
    label: '单一来源公示',
    phase: 'tender',
    effect: 'calls',
    tag: 'tender',
    categories: BUT_WORKS,
  },
  clarification: { label: '澄清答疑', phase: 'tender', effect: 'explains', tag: 'tenderUpdate', categories: PURCHASES },
  correctionNotice: { label: '更正公告', phase: 'tender', effect: 'corrects', tag: 'tenderAmendment', categories: ALL },
  openingRecord: { label: '开标记录', phase: 'opening', effect: 'tells', tag: 'tenderUpdate', categories: PURCHASES },
  candidateNotice: { label: '中标候选人公示', phase: 'award', effect: 'proposes', tag: 'award', categories: PURCHASES },
  awardNotice: { label: '中标（成交）结果', phase: 'award', effect: 'tells', tag: 'award', categories: PURCHASES },
  failureNotice: {
    label: '流标/废标公告',
    phase: 'ended',
    effect: 'fails',
    tag: 'tenderCancellation',
    categories: ALL,
  },
  terminationNotice: {
    label: '终止公告',
    phase: 'ended',
    effect: 'terminates',
    tag: 'tenderCancellation',
    categories: ALL,
  },
  suspensionNotice: {
    label: '中止（暂停）公告',
    phase: 'tender',
    effect: 'suspends',
    tag: 'tenderUpdate',
    categories: ALL,
  },
  resumptionNotice: { label: '恢复公告', phase: 'tender', effect: 'resumes', tag: 'tenderUpdate', categories: ALL },
  contractNotice: { label: '合同公告', phase: 'contract', effect: 'tells', tag: 'contract', categories: PURCHASES },
  performanceNotice: {
    label: '合同履约',
    phase: 'performance',
    effect: 'tells',
    tag: 'implementation',
    categories: PURCHASES,
  },
  acceptanceNotice: {
    label: '履约验收',
    phase: 'performance',
    effect: 'tells',
    tag: 'implementation',
    categories: BUT_WORKS,
  },
  complaintDecision: {
    label: '投诉处理结果',
    phase: 'decision',
    effect: 'tells',
    tag: 'tenderUpdate',
    categories: ['construction', 'procurement'],
  },
  supervisionDecision: {
    label: '监督检查处理结果',
    phase: 'decision',
    effect: 'tells',
    tag: 'tenderUpdate',
    categories: ['procurement'],
  },
  landSupplyPlan: {
    label: '供应计划',
    phase: 'planning',
    effect: 'tells',
    tag: 'x_disposal.planning',
    categories: ['land'],
  },
  landOffering: {
    label: '出让公告',
    phase: 'tender',
    effect: 'calls',
    tag: 'x_disposal.listing',
    categories: ['land'],
  },
  landOfferingSupplement: {
    label: '补充公告',
    phase: 'tender',
    effect: 'corrects',
    tag: 'x_disposal.listingAmendment',
    categories: ['land'],
  },
  landDealNotice: { label: '成交公示', phase: 'award', effect: 'tells', tag: 'x_disposal.award', categories: ['land'] },
  landResult: {
    label: '出让结果',
    phase: 'contract',
    effect: 'tells',
    tag: 'x_disposal.contract',
    categories: ['land'],
  },
  miningOffering: {
    label: '矿业权出让公告',
    phase: 'tender',
    effect: 'calls',
    tag: 'x_disposal.listing',
    categories: ['mining'],
  },
  miningDealNotice: {
    label: '矿业权成交公示',
    phase: 'award',
    effect: 'tells',
    tag: 'x_disposal.award',
    categories: ['mining'],
  },
  miningRegistration: {
    label: '登记公告',
    phase: 'contract',
    effect: 'tells',
    tag: 'x_disposal.contract',
    categories: ['mining'],
  },
  propertyPreDisclosure: {
    label: '信息预披露',
    phase: 'planning',
    effect: 'tells',
    tag: 'x_disposal.planning',
    categories: ['property'],
  },
  propertyListing: {
    label: '挂牌披露',
    phase: 'tender',
    effect: 'calls',
    tag: 'x_disposal.listing',
    categories: ['property'],
  },
  propertyListingChange: {
    label: '挂牌变更（延期）',
    phase: 'tender',
    effect: 'amends',
    tag: 'x_disposal.listingAmendment',
    categories: ['property'],
  },
  propertyDeal: {
    label: '产权成交公告',
    phase: 'award',
    effect: 'tells',
    tag: 'x_disposal.award',
    categories: ['property'],
  },
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

/** Do bidders of one lot stand beside each other in notices of a stage? Then none of their values is that of the notice. */
export function listsBidders(stage: Stage): boolean {
  const { phase, effect } = stageDefinition(stage);
  return phase === 'opening' || effect === 'proposes';
}

/** The stages of one or several phases in which something is bought. */
export function purchaseStages(...phases: readonly StagePhase[]): Stage[] {
  return STAGE_SLUGS.filter((stage) => {
    const { phase, categories } = stageDefinition(stage);
    return phases.includes(phase) && categories.some(isPurchase);
  });
}
