import type { Category } from '../categories.ts';
import type { NothingOf } from '../exhaustive.ts';
import type { STAGES, Stage } from '../stages.ts';
import { LAND, MINING, PROPERTY } from './timeline-sales.ts';
import { bidding, type PlannedStep } from './timeline-step.ts';

const CONSTRUCTION = [
  { label: '招标计划', stages: ['tenderPlan'], required: false, responsible: '招标人', expectation: '发布招标公告' },
  {
    label: '招标公告',
    stages: ['prequalificationNotice', 'tenderNotice'],
    required: true,
    responsible: '招标人及其代理机构',
    expectation: '发布招标公告',
  },
  bidding('截止与开标', '投标截止并开标', '招标人及其代理机构'),
  {
    label: '中标候选人公示',
    stages: ['candidateNotice'],
    required: true,
    responsible: '招标人（评标由评标委员会负责）',
    expectation: '评标并公示中标候选人',
    dueNote: '招标人应自收到评标报告之日起 3 日内公示；评标报告提交日期未公开，无法算出具体日期',
  },
  { label: '中标结果', stages: ['awardNotice'], required: true, responsible: '招标人', expectation: '公示中标结果' },
  {
    label: '合同订立',
    stages: ['contractNotice'],
    required: true,
    responsible: '招标人与中标人',
    expectation: '订立书面合同并公开合同信息',
    due: ['C-08'],
    dueNote: '通知书发出日期未公开，以中标结果发布日起算；通知书在其后发出的，期限顺延，无法算出具体日期',
  },
  {
    label: '合同履行',
    stages: ['performanceNotice'],
    required: false,
    responsible: '招标人与中标人',
    expectation: '履行合同，公开履约及变更信息',
  },
] as const satisfies readonly PlannedStep[];

const PROCUREMENT = [
  {
    label: '采购意向',
    stages: ['procurementIntention'],
    required: false,
    responsible: '采购人',
    expectation: '发布采购公告',
  },
  {
    label: '采购公告',
    stages: ['prequalificationNotice', 'tenderNotice', 'singleSourceNotice'],
    required: true,
    responsible: '采购人及其代理机构',
    expectation: '发布采购公告',
  },
  bidding('截止与开标', '提交响应（投标）文件截止并开标', '采购人及其代理机构'),
  {
    label: '中标（成交）结果',
    stages: ['candidateNotice', 'awardNotice'],
    required: true,
    responsible: '采购人及其代理机构',
    expectation: '评审并公告中标（成交）结果',
    dueNote: '应自确定供应商之日起 2 个工作日内公告；确定日期未公开，无法算出具体日期',
  },
  {
    label: '合同公告',
    stages: ['contractNotice'],
    required: true,
    responsible: '采购人',
    expectation: '签订并公告采购合同',
    due: ['G-12', 'G-13'],
  },
  {
    label: '履约验收',
    stages: ['performanceNotice', 'acceptanceNotice'],
    required: false,
    responsible: '采购人',
    expectation: '履行合同并验收',
  },
] as const satisfies readonly PlannedStep[];

/** Medical and general trading have no statutory checklist of their own: steps, but no legal dates. */
const GENERAL: PlannedStep[] = (PROCUREMENT as readonly PlannedStep[])
  .filter((step) => step.label !== '采购意向')
  .map(({ due: _due, dueNote: _note, ...step }) => ({
    ...step,
    required: step.required && step.label !== '合同公告',
  }));

/** Steps of a deal by category, in order. */
export const TIMELINE_PLANS: Record<Category, readonly PlannedStep[]> = {
  construction: CONSTRUCTION,
  procurement: PROCUREMENT,
  medical: GENERAL,
  general: GENERAL,
  land: LAND,
  mining: MINING,
  property: PROPERTY,
};

type Steps = typeof CONSTRUCTION | typeof PROCUREMENT | typeof LAND | typeof MINING | typeof PROPERTY;
/** Stages by which a deal goes on; those that change, stop or judge it stand among its events, as the result of a prequalification does. */
type StepStage = {
  [Each in Stage]: (typeof STAGES)[Each] extends { phase: 'decision' }
    ? never
    : (typeof STAGES)[Each] extends { effect: 'calls' | 'tells' | 'proposes' }
      ? Each
      : never;
}[Stage];
/** Every one of them is a step of some plan. */
export type UnplannedStage = NothingOf<Exclude<StepStage, Steps[number]['stages'][number] | 'prequalificationResult'>>;
