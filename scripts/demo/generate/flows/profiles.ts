import type { DemoCategory, DemoStage, Method } from '../model.ts';

export type TenderCategory = Exclude<DemoCategory, 'land' | 'property'>;

/** How likely each step of a deal is in a category. */
export interface TenderProfile {
  methods: Partial<Record<Method, number>>;
  planStage: DemoStage;
  plan: number;
  clarification: number;
  correction: number;
  openingRecord: number;
  candidates: number;
  failure: number;
  termination: number;
  suspension: number;
  contract: number;
  performanceStage: DemoStage;
  performance: number;
  complaint: number;
  supervision: number;
}

const PURCHASE = {
  planStage: 'procurementIntention',
  clarification: 0,
  openingRecord: 0,
  candidates: 0,
  performanceStage: 'acceptanceNotice',
  suspension: 0.01,
} as const;

export const TENDER_PROFILES: Record<TenderCategory, TenderProfile> = {
  construction: {
    methods: { 公开招标: 95, 邀请招标: 5 },
    planStage: 'tenderPlan',
    plan: 0.55,
    clarification: 0.16,
    correction: 0.16,
    openingRecord: 0.25,
    candidates: 1,
    failure: 0.08,
    termination: 0.02,
    suspension: 0.02,
    contract: 0.5,
    performanceStage: 'performanceNotice',
    performance: 0.25,
    complaint: 0.02,
    supervision: 0,
  },
  procurement: {
    ...PURCHASE,
    methods: { 公开招标: 34, 竞争性磋商: 42, 竞争性谈判: 6, 询价: 9, 单一来源: 6, 框架协议: 3 },
    plan: 0.45,
    correction: 0.15,
    failure: 0.08,
    termination: 0.03,
    contract: 0.6,
    performance: 0.25,
    complaint: 0.015,
    supervision: 0.01,
  },
  medical: {
    ...PURCHASE,
    methods: { 公开招标: 48, 竞争性磋商: 34, 竞争性谈判: 8, 询价: 6, 单一来源: 4 },
    plan: 0.3,
    correction: 0.2,
    failure: 0.12,
    termination: 0.03,
    contract: 0.45,
    performance: 0.15,
    complaint: 0,
    supervision: 0,
  },
  general: {
    ...PURCHASE,
    methods: { 公开招标: 40, 竞争性磋商: 30, 竞争性谈判: 10, 询价: 14, 框架协议: 6 },
    plan: 0.1,
    correction: 0.1,
    failure: 0.08,
    termination: 0.04,
    contract: 0.3,
    performance: 0.08,
    complaint: 0,
    supervision: 0,
  },
};
